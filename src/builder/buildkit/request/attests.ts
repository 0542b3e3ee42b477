import { parseGoBool } from '../../../domain/go/bool.ts'
import { fieldsOf, keyAndValue, recordOf, sortedEntries } from './fields.ts'

/** What is asked for beside the image, by type (`provenance`, `sbom`), in BuildKit's words; null for one that is not wanted. */
export type Attests = ReadonlyMap<string, string | null>

export interface AttestFlags {
  readonly attest: readonly string[]
  readonly provenance: string
  readonly sbom: string
}

/**
 * Reads `--attest`, `--provenance` and `--sbom`; the last of a type counts.
 * @throws Error in buildx's words
 */
export function readAttests({ attest, provenance, sbom }: AttestFlags): Attests {
  const shorthands = [shorthand('provenance', provenance), shorthand('sbom', sbom)].filter((text) => text !== '')
  return new Map([...attest, ...shorthands].map(readAttest))
}

/** `true` and `false` say whether, anything else says how. */
function shorthand(type: string, text: string): string {
  if (text === '') return ''
  const isWanted = parseGoBool(text)
  return isWanted === undefined ? `type=${type},${text}` : `type=${type},disabled=${!isWanted}`
}

function readAttest(text: string): [type: string, words: string | null] {
  let type = ''
  let isDisabled = false
  const attributes: Record<string, string> = {}
  for (const field of fieldsOf(text)) {
    const [key, value] = keyAndValue(field)
    const name = key.toLowerCase().trim()
    if (name === 'type') type = value
    else if (name === 'disabled') isDisabled = boolOf(field, value)
    else attributes[key] = value
  }
  if (type === '') throw new Error('attestation type not specified')
  return [type, isDisabled ? null : recordOf([['type', type], ...sortedEntries(attributes)])]
}

function boolOf(field: string, value: string): boolean {
  const read = parseGoBool(value)
  if (read === undefined) {
    throw new Error(`invalid value ${field}: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`)
  }
  return read
}
