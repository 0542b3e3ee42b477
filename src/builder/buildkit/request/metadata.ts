import { parseGoBool } from '../../../domain/go/bool.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { formatPlatform, type Platform, parsePlatform } from '../../../domain/image/platform.ts'
import { joinFields, sortedEntries, splitFields, splitKeyValue } from './fields.ts'

/**
 * Attestations by type (`provenance`, `sbom`), as BuildKit's attribute values; null for a disabled one.
 */
export type Attests = ReadonlyMap<string, string | null>

export interface AttestFlags {
  readonly attest: readonly string[]
  readonly provenance: string
  readonly sbom: string
}

/**
 * Parses `--attest`, `--provenance` and `--sbom`; the last of a type wins.
 * @throws Error with buildx's text
 */
export function parseAttests({ attest, provenance, sbom }: AttestFlags): Attests {
  const shorthands = [expandShorthand('provenance', provenance), expandShorthand('sbom', sbom)].filter(
    (text) => text !== '',
  )
  return new Map([...attest, ...shorthands].map(parseAttest))
}

/** Expands the value of `--provenance` and `--sbom`: a boolean, or attributes. */
function expandShorthand(type: string, text: string): string {
  if (text === '') return ''
  const isEnabled = parseGoBool(text)
  return isEnabled === undefined ? `type=${type},${text}` : `type=${type},disabled=${!isEnabled}`
}

function parseAttest(text: string): [type: string, value: string | null] {
  let type = ''
  let isDisabled = false
  const attributes: Record<string, string> = {}
  for (const field of splitFields(text)) {
    const [key, value] = splitKeyValue(field)
    const name = key.toLowerCase().trim()
    if (name === 'type') type = value
    else if (name === 'disabled') isDisabled = parseBool(field, value)
    else attributes[key] = value
  }
  if (type === '') throw new Error('attestation type not specified')
  return [type, isDisabled ? null : joinFields([['type', type], ...sortedEntries(attributes)])]
}

function parseBool(field: string, value: string): boolean {
  const parsed = parseGoBool(value)
  if (parsed === undefined) {
    throw new Error(`invalid value ${field}: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`)
  }
  return parsed
}

/** The exporter attributes that annotate an image, and whether one of them requires an index. */
export interface Annotations {
  readonly attributes: Readonly<Record<string, string>>
  readonly needsIndex: boolean
}

const TYPES = new Set(['index', 'index-descriptor', 'manifest', 'manifest-descriptor'])

/**
 * Parses `--annotation`: `key=value`, `type[platform],type:key=value`.
 * @param localPlatform the platform of the client, which completes partial ones
 * @throws Error with buildx's text
 */
export function parseAnnotations(texts: readonly string[], localPlatform: Platform): Annotations {
  const attributes: Record<string, string> = {}
  let needsIndex = false
  for (const text of texts.filter((each) => each !== '')) {
    const equals = text.indexOf('=')
    if (equals < 0) throw new Error(`invalid annotation ${goQuote(text)}, expected key=value`)
    const name = text.slice(0, equals)
    const colon = name.indexOf(':')
    const key = name.slice(colon + 1)
    const value = text.slice(equals + 1)
    if (colon < 0) attributes[`annotation.${key}`] = value
    for (const annotationType of colon < 0 ? [] : name.slice(0, colon).split(',')) {
      const { type, platform } = parseAnnotationType(annotationType, localPlatform)
      attributes[`annotation-${type}${platform}.${key}`] = value
      if (type.startsWith('index')) needsIndex = true
    }
  }
  return { attributes, needsIndex }
}

function parseAnnotationType(annotationType: string, localPlatform: Platform): { type: string; platform: string } {
  const [, type = '', platform] = /^([a-z-]+)(?:\[([A-Za-z0-9_/-]+)\])?$/.exec(annotationType) ?? []
  if (type === '') {
    const expected = 'expected type and optional platform in square brackets'
    throw new Error(`invalid annotation type ${goQuote(annotationType)}, ${expected}`)
  }
  if (!TYPES.has(type)) throw new Error(`unknown annotation type ${goQuote(type)}`)
  if (platform === undefined) return { type, platform: '' }
  try {
    return { type, platform: `[${formatPlatform(parsePlatform(platform, localPlatform))}]` }
  } catch (error) {
    throw new Error(`invalid platform ${goQuote(platform)}: ${error instanceof Error ? error.message : error}`)
  }
}
