import { lstatSync, statSync, writeFileSync } from 'node:fs'
import { codeOf, pathErrorText } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'
import { jsonString } from '../../domain/go/json-text.ts'
import { directoryPath } from '../../domain/go/path.ts'
import { isSpecialFile } from '../../files/special-file.ts'
import { writeError } from '../go-error.ts'
import { parseJson } from './common/loose-json.ts'
import type { Attributes } from './common/solve-request.ts'

const DIGEST = 'containerimage.digest'
const CONFIG_DIGEST = 'containerimage.config.digest'

/**
 * Returns the id of the image: the digest of its config or, if missing, its own digest; empty when there is no image.
 */
export function findImageId(response: Attributes): string {
  return response[CONFIG_DIGEST] ?? response[DIGEST] ?? ''
}

/** Returns an exporter response with the digest that a pushed image has in the registry. */
export function withRemoteDigest(response: Attributes, digest: string): Attributes {
  const config = response[CONFIG_DIGEST] ?? response[DIGEST]
  return { ...response, ...(config === undefined ? {} : { [CONFIG_DIGEST]: config }), [DIGEST]: digest }
}

/** Members of the metadata file in addition to the exporter response, by name. */
export type Members = Readonly<Record<string, unknown>>

/** Returns the text of the metadata file: sorted members, in which values that are base64 of JSON are decoded. */
function formatMetadata(response: Attributes, more: Members): string {
  const values = Object.entries(response).map(([key, value]): [string, unknown] => [key, decodeMember(key, value)])
  const entries = [...values, ...Object.entries(more)].sort(([a], [b]) => (a < b ? -1 : 1))
  const members = entries.map(([key, value]) => `  ${jsonString(key, true)}: ${formatJson(value)}`)
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n}`
}

/** Decodes a value that is a nonempty object or list of objects; anything else stays text. */
function decodeMember(key: string, value: string): unknown {
  const text = key === 'result.json' ? value : decodeBase64(value)
  const parsed = text === undefined ? undefined : parseJson(text)
  const isObject = (each: unknown) => typeof each === 'object' && each !== null && !Array.isArray(each)
  const isStructured = Array.isArray(parsed) ? parsed.every(isObject) : isObject(parsed)
  return isStructured && Object.keys(parsed ?? {}).length > 0 ? parsed : value
}

/** Formats JSON with Go's indentation, and escapes the characters that are special in HTML. */
function formatJson(value: unknown): string {
  if (typeof value === 'string') return jsonString(value, true)
  const text = JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ')
  return text.replace(/[<>&\u2028\u2029]/g, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function decodeBase64(value: string): string | undefined {
  const isBase64 = value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
  return isBase64 ? Buffer.from(value, 'base64').toString('utf8') : undefined
}

/** Writes the metadata file completely or not at all, or into a device or a pipe. @throws Error with docker's text */
export async function writeMetadataFile(path: string, response: Attributes, more: Members): Promise<void> {
  try {
    statSync(osPath(directoryPath(path)))
  } catch (error) {
    throw new Error(`invalid output path: ${pathErrorText('stat', directoryPath(path), error)}`)
  }
  if (lstatSync(osPath(path), { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error('cannot write to a directory')
  }
  const { default: writeFileAtomic } = await import('write-file-atomic')
  const text = formatMetadata(response, more)
  try {
    if (isSpecialFile(path)) writeFileSync(osPath(path), text)
    else await writeFileAtomic(path, text, { mode: 0o644 })
  } catch (error) {
    throw codeOf(error) === undefined ? error : writeError(path, error)
  }
}
