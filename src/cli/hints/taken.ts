import type { ContainerSummary } from '../../domain/container/container.ts'
import { shellQuote } from '../../domain/shell-quote.ts'
import { truncateId } from '../../format/text/truncate.ts'
import { PROGRAM } from '../argv/usage.ts'
import { type Asker, containersWith, isRunning, nameOf, type Rule, stateOf } from './asker.ts'

/** A name that is taken: by whom, and what frees it. */
export const takenName: Rule = {
  // docker: `name "/web" is already in use by container "1fa4…"`; podman leaves out the word and the quotes.
  pattern: /container name "\/?([^"]+)" is already in use by (?:container )?"?([0-9a-f]{12,64})/,
  async advise([name = '', id = ''], asker) {
    const { engine, now, signal } = asker
    const [holder] = await containersWith({ id: { [id]: true } }, asker)
    if (!holder) return ''
    const runs = isRunning(holder)
    const isRemovedAtEnd = runs && (await engine.containerStreams.inspect(id, signal)).HostConfig.AutoRemove
    const word = shellQuote(name)
    const steps = [...(runs ? [`${PROGRAM} stop ${word}`] : []), ...(isRemovedAtEnd ? [] : [`${PROGRAM} rm ${word}`])]
    return `name "${name}" is used by container ${truncateId(id)} (${stateOf(holder, now)}); free it with: ${steps.join(' && ')}`
  },
}

/** A port that is taken: by which container, or that it is none. */
export const takenPort: Rule = {
  // `Bind for 0.0.0.0:80 failed`, `listen tcp4 0.0.0.0:80: bind`, `failed to bind host port for 0.0.0.0:80:…`.
  pattern:
    /(?:Bind for|listen (?:tcp|udp)\w*|bind host port(?: for)?) (\S*?):(\d+)\b.*(?:already allocated|already in use)/,
  async advise([address = '', port = ''], { engine, signal }: Asker) {
    const running = await engine.containers.list({ all: false, size: false, filters: {}, signal })
    const names = running.filter((container) => publishes(container, address, Number(port))).map(nameOf)
    if (names.length > 0) {
      return `port ${port} is published by ${names.join(', ')}; free it with: ${PROGRAM} stop ${names.map(shellQuote).join(' ')}`
    }
    return `no container publishes port ${port}; see which program uses it with: ss -lptun sport = :${port}`
  },
}

function publishes({ Ports }: ContainerSummary, address: string, port: number): boolean {
  return (Ports ?? []).some(({ IP = '', PublicPort }) => PublicPort === port && overlaps(IP, address))
}

/** One address for all takes the port on every one. */
function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map((address) => address.replace(/^\[|\]$/g, ''))
  return a === b || [a, b].some((address) => address === '' || address === '0.0.0.0' || address === '::')
}
