import { absolutePath } from '../go/path.ts'

/** A parsed `-v`: a host path, a named volume, or an anonymous volume. */
export interface VolumeSpec {
  /** Empty for an anonymous volume. */
  readonly source: string
  readonly isHostPath: boolean
}

/**
 * Parses the value of `-v`, `[source:]target[:options]`. The daemon's operating system is not known, so a one-letter source is
 * treated as a Windows drive, as in docker.
 * @throws Error with docker's reason
 */
export function parseVolumeSpec(spec: string): VolumeSpec {
  if (spec === '') throw new Error('invalid empty volume spec')
  if (spec.length <= 2) return { source: '', isHostPath: false }
  const fields = splitAtColons(spec)
  if (fields.some((field) => field === '')) throw new Error(`invalid spec: ${spec}: empty section between colons`)
  if (fields.length > 3) throw new Error(`invalid spec: ${spec}: too many colons`)
  const source = fields.length === 1 ? '' : (fields[0] ?? '')
  return { source, isHostPath: isHostPath(source) }
}

function splitAtColons(spec: string): string[] {
  const fields = ['']
  for (const char of spec) {
    const field = fields.at(-1) ?? ''
    if (char === ':' && !isDriveLetter(field)) fields.push('')
    else fields[fields.length - 1] = field + char
  }
  return fields
}

function isDriveLetter(text: string): boolean {
  return /^\p{L}$/u.test(text)
}

function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source)
}

/** Returns the bind for the daemon: a host path that begins with a dot becomes absolute. */
export function resolveBind(spec: string, cwd: string): string {
  const colon = spec.indexOf(':')
  const source = spec.slice(0, colon)
  if (!source.startsWith('.') || !parseVolumeSpec(spec).isHostPath) return spec
  return `${absolutePath(source, cwd)}${spec.slice(colon)}`
}
