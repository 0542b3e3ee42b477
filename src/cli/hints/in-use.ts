import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import { shellQuote } from '../../domain/shell-quote.ts'
import { PROGRAM } from '../argv/usage.ts'
import { type Asker, containersWith, isRunning, nameOf, type Rule, stateOf } from './asker.ts'

/** A container that runs, and is to be removed. */
export const runningContainer: Rule = {
  // Daemons up to 24 tell the id, newer ones what was typed.
  pattern:
    /cannot remove (?:a (?:running|paused) container ([0-9a-f]{12})|container "\/?([^"]+)": container is (?:running|paused))/i,
  advise: async ([id = '', name = '']) => `stop and remove it with: ${PROGRAM} rm -f ${shellQuote(name || id)}`,
}

/** A container that is to do something, and does not run. */
export const stoppedContainer: Rule = {
  pattern: /^Error response from daemon: container ([0-9a-f]{12,64}) is not running/i,
  async advise([id = ''], asker) {
    const [container] = await containersWith({ id: { [id]: true } }, asker)
    return container
      ? `${described(container, asker)}; start it with: ${PROGRAM} start ${shellQuote(nameOf(container))}`
      : ''
  },
}

/** An image that a container was made of. */
export const usedImage: Rule = {
  pattern:
    /conflict: .* (?:container ([0-9a-f]{12,64}) is using its referenced image|used by (?:stopped|running) container ([0-9a-f]{12,64}))/,
  advise: ([first = '', second = ''], asker) => usersHint('image', { id: { [first || second]: true } }, asker),
}

/** A volume that containers use. */
export const usedVolume: Rule = {
  pattern: /volume is in use - \[([0-9a-f, ]+)\]/,
  advise: ([ids = ''], asker) =>
    usersHint('volume', { id: Object.fromEntries(ids.split(', ').map((id) => [id, true] as const)) }, asker),
}

/** A network that containers are connected to. */
export const usedNetwork: Rule = {
  pattern: /removing network: network (\S+) (?:id [0-9a-f]+ )?has active endpoints/,
  async advise([network = ''], asker) {
    const users = await containersWith({ network: { [network]: true } }, asker)
    const steps = users
      .filter(isRunning)
      .map((user) => `${PROGRAM} network disconnect ${shellQuote(network)} ${shellQuote(nameOf(user))}`)
    return steps.length === 0 ? '' : `containers are connected to it; let go of them with: ${steps.join(' && ')}`
  },
}

async function usersHint(object: string, filters: Filters, asker: Asker) {
  const users = await containersWith(filters, asker)
  if (users.length === 0) return ''
  const names = users.map(nameOf).map(shellQuote).join(' ')
  const force = users.some(isRunning) ? '-f ' : ''
  const who = users.map((user) => described(user, asker)).join(', ')
  return `the ${object} is used by ${who}; if it is not needed any more: ${PROGRAM} rm ${force}${names}`
}

/** `container web (exited 3 days ago)` */
function described(container: ContainerSummary, { now }: Asker): string {
  return `container ${nameOf(container)} (${stateOf(container, now)})`
}
