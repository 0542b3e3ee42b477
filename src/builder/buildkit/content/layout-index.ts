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
 * The digest of what goes by an image name in an OCI layout or, if nothing does, by a tag; undefined where there is
 * none. It is what the layout says, which need not be a digest.
 * @param directory as it was typed, for messages
 * @throws Error in BuildKit's words
 */
export function findInLayout(directory: string, name: string): string | undefined {
  if (name === '') return undefined
  const manifests = list(readIndex(directory), 'manifests')
  const found = manifests.find(has(NAME, name)) ?? manifests.find(has(TAG, name))
  return found === undefined ? undefined : text(found, 'digest')
}

/** As `findInLayout`, where an OCI layout has one thing only; undefined where it has none or several. */
export function onlyOneInLayout(directory: string): string | undefined {
  const [only, ...others] = list(readIndex(directory), 'manifests')
  return only === undefined || others.length > 0 ? undefined : text(only, 'digest')
}

/**
 * Lists what a descriptor describes under a tag, in place of what had it before. The list changes at once or not at
 * all.
 * @throws Error in BuildKit's words
 */
export async function addToLayout(directory: string, descriptor: object, tag: string): Promise<void> {
  const path = join(directory, INDEX)
  writeLayoutFile(join(directory, LAYOUT))
  const before = readIfThere(path)
  const index = before === '' ? {} : parseIndex(path, before)
  const {
    schemaVersion,
    mediaType,
    manifests: _,
    ...others
  } = { schemaVersion: 0, mediaType: '', manifests: [], ...index }
  const isOther = (each: unknown) => !has(TAG, tag)(each) || text(field(each, 'annotations'), NAME) !== ''
  const added = { ...descriptor, annotations: { ...annotationsOf(descriptor), [TAG]: tag } }
  const after = {
    schemaVersion: schemaVersion || 2,
    mediaType: mediaType || INDEX_TYPE,
    manifests: [...list(index, 'manifests').filter(isOther), added],
    ...others,
  }
  const { default: writeFileAtomic } = await import('write-file-atomic')
  try {
    await writeFileAtomic(path, JSON.stringify(after), { mode: 0o644 })
  } catch (error) {
    throw new Error(`could not open ${path}: ${pathErrorText('open', path, error)}`, { cause: error })
  }
}

function has(annotation: string, value: string): (descriptor: unknown) => boolean {
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

function readIfThere(path: string): string {
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

/** docker locks the list before it reads it, so a lock is what it says is missing where there is no directory. */
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
