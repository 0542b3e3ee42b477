import { swarmHosts } from './create-spec.ts'

/**
 * Lines of a hosts file, `IP NAME [ALIAS...]`, with what is added and without what is removed, each once. A name goes from
 * every line, or with an address (`NAME:IP`) from that address's only; a line without names goes, too.
 */
export function editedHosts(
  current: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): string[] {
  const kept = current.flatMap((line) => {
    const [ip = '', ...names] = line.split(/\s+/).filter((part) => part !== '')
    const left = names.filter((name) => !removed.some((removal) => isMeant(removal, name, ip)))
    return left.length === 0 ? [] : [`${ip} ${left.join(' ')}`]
  })
  return [...new Set([...kept, ...swarmHosts(added)])]
}

function isMeant(removal: string, name: string, ip: string): boolean {
  const colon = removal.indexOf(':')
  const address = colon < 0 ? '' : removal.slice(colon + 1)
  return name === (colon < 0 ? removal : removal.slice(0, colon)) && (address === '' || address === ip)
}
