/** Hints for container names and ports that are already in use. */

import type { ContainerSummary } from '../../domain/container/container.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { truncateId } from '../../format/text/truncate.ts'
import { programName } from '../program-name.ts'
import { containerName, type HintContext, isRunning, listContainers, type Rule, statusText } from './rule.ts'

/** A container name is in use: by which container, and how to free it. */
export const takenName: Rule = {
  // docker: `name "/web" is already in use by container "1fa4…"`. podman omits the word `container` and the quotes.
  pattern: /container name "\/?([^"]+)" is already in use by (?:container )?"?([0-9a-f]{12,64})/,
  async advise([name = '', id = ''], context) {
    const { engine, now, signal } = context
    const [holder] = await listContainers({ id: { [id]: true } }, context)
    if (!holder) return ''
    const mustStop = isRunning(holder)
    const isAutoRemoved = mustStop && (await engine.containerStreams.inspect(id, signal)).HostConfig.AutoRemove
    const word = quoteShellWord(name)
    const steps = [
      ...(mustStop ? [`${programName()} stop ${word}`] : []),
      ...(isAutoRemoved ? [] : [`${programName()} rm ${word}`]),
    ]
    const user = `container ${truncateId(id)} (${statusText(holder, now)})`
    return `name "${name}" is used by ${user}; free it with: ${steps.join(' && ')}`
  },
}

/** A port is in use: by which container, or by a program outside of containers. */
export const takenPort: Rule = {
  // `Bind for 0.0.0.0:80 failed`, `listen tcp4 0.0.0.0:80: bind`, `failed to bind host port for 0.0.0.0:80:…`.
  pattern:
    /(?:Bind for|listen (?:tcp|udp)\w*|bind host port(?: for)?) (\S*?):(\d+)\b.*(?:already allocated|already in use)/,
  async advise([address = '', port = ''], { engine, signal }: HintContext) {
    const running = await engine.containers.list({ all: false, size: false, filters: {}, signal })
    const names = running.filter((container) => publishes(container, address, Number(port))).map(containerName)
    if (names.length > 0) {
      return `port ${port} is published by ${names.join(', ')}; free it with: ${programName()} stop ${names.map(quoteShellWord).join(' ')}`
    }
    return `no container publishes port ${port}; find the program that uses it with: ss -lptun sport = :${port}`
  },
}

function publishes({ Ports }: ContainerSummary, address: string, port: number): boolean {
  return (Ports ?? []).some(({ IP = '', PublicPort }) => PublicPort === port && overlaps(IP, address))
}

/** Whether two bind addresses conflict: they are equal, or one of them stands for all addresses. */
function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map((address) => address.replace(/^\[|\]$/g, ''))
  return a === b || [a, b].some((address) => address === '' || address === '0.0.0.0' || address === '::')
}
