import { goQuote } from '../../../domain/go/quote.ts'
import { formatPlatform, type Platform, parsePlatform } from '../../../domain/image/platform.ts'

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
