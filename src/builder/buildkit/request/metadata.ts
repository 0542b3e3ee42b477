import { parseGoBool } from '../../../domain/go/bool.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { formatPlatform, type Platform, parsePlatform } from '../../../domain/image/platform.ts'
import { fieldsOf, keyAndValue, recordOf, sortedEntries } from './fields.ts'

/**
 * What is asked for beside the image, by type (`provenance`, `sbom`), in BuildKit's words; null for one that is not
 * wanted.
 */
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

/** Exporter attributes that annotate an image, and whether one of them wants an index to stand in. */
export interface Annotations {
  readonly attributes: Readonly<Record<string, string>>
  readonly needIndex: boolean
}

const TYPES = new Set(['index', 'index-descriptor', 'manifest', 'manifest-descriptor'])

/**
 * Reads `--annotation`: `key=value`, `type[platform],type:key=value`.
 * @param own the platform this program runs on
 * @throws Error in buildx's words
 */
export function readAnnotations(texts: readonly string[], own: Platform): Annotations {
  const attributes: Record<string, string> = {}
  let needIndex = false
  for (const text of texts.filter((each) => each !== '')) {
    const equals = text.indexOf('=')
    if (equals < 0) throw new Error(`invalid annotation ${goQuote(text)}, expected key=value`)
    const name = text.slice(0, equals)
    const colon = name.indexOf(':')
    const key = name.slice(colon + 1)
    const value = text.slice(equals + 1)
    if (colon < 0) attributes[`annotation.${key}`] = value
    for (const place of colon < 0 ? [] : name.slice(0, colon).split(',')) {
      const { type, platform } = readPlace(place, own)
      attributes[`annotation-${type}${platform}.${key}`] = value
      if (type.startsWith('index')) needIndex = true
    }
  }
  return { attributes, needIndex }
}

function readPlace(place: string, own: Platform): { type: string; platform: string } {
  const [, type = '', platform] = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(place) ?? []
  if (type === '') {
    const expected = 'expected type and optional platform in square brackets'
    throw new Error(`invalid annotation type ${goQuote(place)}, ${expected}`)
  }
  if (!TYPES.has(type)) throw new Error(`unknown annotation type ${goQuote(type)}`)
  if (platform === undefined) return { type, platform: '' }
  try {
    return { type, platform: `[${formatPlatform(parsePlatform(platform, own))}]` }
  } catch (error) {
    throw new Error(`invalid platform ${goQuote(platform)}: ${error instanceof Error ? error.message : error}`)
  }
}
