/** Hints for objects that cannot be removed or used in their present state. */

import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { programName } from '../program-name.ts'
import { containerName, type HintContext, isRunning, listContainers, type Rule, statusText } from './rule.ts'

/** A running container cannot be removed. */
export const runningContainer: Rule = {
  // Daemons up to 24 report the id, newer ones the name as typed.
  pattern:
    /cannot remove (?:a (?:running|paused) container ([0-9a-f]{12})|container "\/?([^"]+)": container is (?:running|paused))/i,
  advise: async ([id = '', name = '']) =>
    `stop and remove it with: ${programName()} rm -f ${quoteShellWord(name || id)}`,
}

/** A command needs a running container. */
export const stoppedContainer: Rule = {
  pattern: /^Error response from daemon: container ([0-9a-f]{12,64}) is not running/i,
  async advise([id = ''], context) {
    const [container] = await listContainers({ id: { [id]: true } }, context)
    if (!container) return ''
    const word = quoteShellWord(containerName(container))
    const logs = container.State === 'exited' ? `, or see why it ended with: ${programName()} logs ${word}` : ''
    return `${described(container, context)}; start it with: ${programName()} start ${word}${logs}`
  },
}

/** An image cannot be removed because a container uses it. */
export const usedImage: Rule = {
  pattern:
    /conflict: .* (?:container ([0-9a-f]{12,64}) is using its referenced image|used by (?:stopped|running) container ([0-9a-f]{12,64}))/,
  advise: ([first = '', second = ''], context) => usersHint('image', { id: { [first || second]: true } }, context),
}

/** A volume cannot be removed because containers mount it. */
export const usedVolume: Rule = {
  pattern: /volume is in use - \[([0-9a-f, ]+)\]/,
  advise: ([ids = ''], context) =>
    usersHint('volume', { id: Object.fromEntries(ids.split(', ').map((id) => [id, true] as const)) }, context),
}

/** A network cannot be removed because containers are connected to it. */
export const usedNetwork: Rule = {
  pattern: /removing network: network (\S+) (?:id [0-9a-f]+ )?has active endpoints/,
  async advise([network = ''], context) {
    const containers = await listContainers({ network: { [network]: true } }, context)
    const steps = containers
      .filter(isRunning)
      .map(
        (container) =>
          `${programName()} network disconnect ${quoteShellWord(network)} ${quoteShellWord(containerName(container))}`,
      )
    return steps.length === 0 ? '' : `containers are connected to it; disconnect them with: ${steps.join(' && ')}`
  },
}

async function usersHint(object: string, filters: Filters, context: HintContext) {
  const users = await listContainers(filters, context)
  if (users.length === 0) return ''
  const names = users.map(containerName).map(quoteShellWord).join(' ')
  const force = users.some(isRunning) ? '-f ' : ''
  const descriptions = users.map((user) => described(user, context)).join(', ')
  const pronoun = users.length === 1 ? 'it' : 'them'
  return `the ${object} is used by ${descriptions}; if you no longer need ${pronoun}, run: ${programName()} rm ${force}${names}`
}

/** `container web (exited 3 days ago)` */
function described(container: ContainerSummary, { now }: HintContext): string {
  return `container ${containerName(container)} (${statusText(container, now)})`
}
