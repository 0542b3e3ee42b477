import type { YamlMap, YamlValue } from './value.ts'

const PROPAGATIONS = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'])

/**
 * Parses the short syntax of a service's volume, `[SOURCE:]TARGET[:OPTIONS]`, to the long one. A single letter before a
 * colon is a drive of Windows.
 * @throws Error with docker's reason
 */
export function parseVolume(spec: string): YamlMap {
  if (spec === '') throw new Error('invalid empty volume spec')
  const volume: YamlMap = new Map()
  const parts = new TextEncoder().encode(spec).length <= 2 ? [spec] : splitSpec(spec)
  try {
    setParts(volume, parts)
  } catch (error) {
    throw new Error(`invalid spec: ${spec}: ${error instanceof Error ? error.message : ''}`, { cause: error })
  }
  return volume.set('type', isPath(parts.length > 1 ? (parts[0] ?? '') : '') ? 'bind' : 'volume')
}

function splitSpec(spec: string): string[] {
  const parts = ['']
  for (const character of spec) {
    const part = parts.at(-1) ?? ''
    if (character === ':' && !/^\p{L}$/u.test(part)) parts.push('')
    else parts[parts.length - 1] = part + character
  }
  return parts
}

function setParts(volume: YamlMap, parts: readonly string[]): void {
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    if (part === '') throw new Error('empty section between colons')
    if (index === 0) volume.set(isLast ? 'target' : 'source', part)
    else if (index === 1) volume.set('target', part)
    else if (!isLast) throw new Error('too many colons')
    else for (const option of part.split(',')) setOption(volume, option)
  }
}

/** Unknown options are ignored. */
function setOption(volume: YamlMap, option: string): void {
  if (option === 'ro' || option === 'rw') volume.set('read_only', option === 'ro')
  else if (option === 'nocopy') volume.set('volume', new Map<string, YamlValue>([['nocopy', true]]))
  else if (PROPAGATIONS.has(option)) volume.set('bind', new Map<string, YamlValue>([['propagation', option]]))
}

/** Whether the source is a path: of Unix, of a Windows drive, or a named pipe. */
function isPath(source: string): boolean {
  return /^[./~]|^\\\\|^\p{L}:/u.test(source)
}
