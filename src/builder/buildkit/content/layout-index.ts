import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathErrorText } from '../../../domain/errors.ts'
import { goJsonError } from '../../../domain/go/json.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { pathError } from '../../go-error.ts'
import { field, list, parseJson, text } from '../common/loose-json.ts'

const INDEX = 'index.json'
const LAYOUT = 'oci-layout'
const NAME = 'io.containerd.image.name'
const TAG = 'org.opencontainers.image.ref.name'
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json'

/**
 * Returns the digest of an image in an OCI layout by its image name or, if there is none, by its tag; undefined when
 * the layout has no such image. The text is not validated.
 * @param directory the directory as typed, which appears in messages
 * @throws Error with BuildKit's text
 */
export function findInLayout(directory: string, name: string): string | undefined {
  if (name === '') return undefined
  const manifests = list(readIndex(directory), 'manifests')
  const found = manifests.find(hasAnnotation(NAME, name)) ?? manifests.find(hasAnnotation(TAG, name))
  return found === undefined ? undefined : text(found, 'digest')
}

/** Returns the digest of the only image of an OCI layout; undefined when it has none or several. */
export function findOnlyInLayout(directory: string): string | undefined {
  const [only, ...others] = list(readIndex(directory), 'manifests')
  return only === undefined || others.length > 0 ? undefined : text(only, 'digest')
}

/**
 * Adds a descriptor with a tag to the index of an OCI layout, and replaces the descriptor that had the tag. The index
 * is written completely or not at all.
 * @throws Error with BuildKit's text
 */
export async function addToLayout(directory: string, descriptor: object, tag: string): Promise<void> {
  const path = join(directory, INDEX)
  writeLayoutFile(join(directory, LAYOUT))
  const content = readIfPresent(path)
  const index = content === '' ? {} : parseIndex(path, content)
  const {
    schemaVersion,
    mediaType,
    manifests: _,
    ...others
  } = { schemaVersion: 0, mediaType: '', manifests: [], ...index }
  const isRetained = (each: unknown) => !hasAnnotation(TAG, tag)(each) || text(field(each, 'annotations'), NAME) !== ''
  const added = { ...descriptor, annotations: { ...annotationsOf(descriptor), [TAG]: tag } }
  const updatedIndex = {
    schemaVersion: schemaVersion || 2,
    mediaType: mediaType || INDEX_TYPE,
    manifests: [...list(index, 'manifests').filter(isRetained), added],
    ...others,
  }
  const { default: writeFileAtomic } = await import('write-file-atomic')
  try {
    await writeFileAtomic(path, JSON.stringify(updatedIndex), { mode: 0o644 })
  } catch (error) {
    throw new Error(`could not open ${path}: ${pathErrorText('open', path, error)}`, { cause: error })
  }
}

function hasAnnotation(annotation: string, value: string): (descriptor: unknown) => boolean {
  return (descriptor) => text(field(descriptor, 'annotations'), annotation) === value
}

function annotationsOf(descriptor: object): object {
  const annotations = field(descriptor, 'annotations')
  return typeof annotations === 'object' && annotations !== null ? annotations : {}
}

function writeLayoutFile(path: string): void {
  try {
    writeFileSync(path, '{"imageLayoutVersion":"1.0.0"}')
  } catch (error) {
    throw pathError('open', path, error)
  }
}

function readIfPresent(path: string): string {
  try {
    return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path, 'utf8') : ''
  } catch (error) {
    throw new Error(`could not read ${path}: ${pathErrorText('open', path, error)}`)
  }
}

function readIndex(directory: string): object {
  const path = join(directory, INDEX)
  checkDirectory(directory, `${path}.lock`)
  let content: string
  try {
    content = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`could not read ${path}: ${pathErrorText('open', path, error)}`)
  }
  return parseIndex(path, content)
}

/**
 * Checks the directory. docker locks the index before it reads it, so its error for a missing directory names the lock.
 */
function checkDirectory(directory: string, lock: string): void {
  try {
    if (statSync(join(directory, '.')).isDirectory()) return
  } catch (error) {
    throw new Error(`could not lock ${lock}: ${pathErrorText('open', lock, error)}`)
  }
  throw new Error(`could not lock ${lock}: open ${lock}: not a directory`)
}

function parseIndex(path: string, content: string): object {
  const parsed = parseJson(content)
  if (typeof parsed === 'object' && !Array.isArray(parsed)) return parsed ?? {}
  const reason =
    parsed === undefined
      ? goJsonError(content, 'unexpected end of JSON input')
      : `json: cannot unmarshal ${Array.isArray(parsed) ? 'array' : typeof parsed} into Go value of type v1.Index`
  throw new Error(`could not unmarshal ${path} (${goQuote(content)}): ${reason}`)
}
