import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import { type ImageManifest, platformIn } from '../domain/image/manifest.ts'
import { canonicalString, type ImageReference } from '../domain/image/reference.ts'
import { memberOf, textIn } from '../domain/json.ts'

/** The local manifest list, or the manifest in it, does not exist. */
export class ManifestNotFoundError extends Error {
  override name = 'ManifestNotFoundError'

  constructor(reference: string) {
    super(`No such manifest: ${reference}`)
  }
}

/**
 * The local manifest lists, stored in docker's place and format: a directory for each list, with a file for each image. The
 * files contain nothing that is secret.
 */
export class ManifestStore {
  readonly #root: string

  /** @param configDir the directory of config.json */
  constructor(configDir: string) {
    this.#root = join(configDir, 'manifests')
  }

  /** Reads one manifest of a list. @throws ManifestNotFoundError @throws Error if its file cannot be read */
  get(list: ImageReference, image: ImageReference): ImageManifest {
    const path = join(this.#directory(list), fileName(image))
    return this.#read(path, canonicalString(image))
  }

  /** Reads all manifests of a list, sorted by file name. @throws ManifestNotFoundError @throws Error if one cannot be read */
  list(list: ImageReference): ImageManifest[] {
    const directory = this.#directory(list)
    const name = canonicalString(list)
    try {
      return readdirSync(directory)
        .sort(compareBytes)
        .map((file) => this.#read(join(directory, file), name))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new ManifestNotFoundError(name)
      throw error
    }
  }

  /** Stores a manifest in a list. @param text the JSON of `manifest inspect --verbose`, without whitespace */
  save(list: ImageReference, image: ImageReference, text: string): void {
    mkdirSync(this.#directory(list), { recursive: true, mode: 0o755 })
    writeFileSync(join(this.#directory(list), fileName(image)), text, { mode: 0o644 })
  }

  /** Removes a list, if it exists. */
  remove(list: ImageReference): void {
    rmSync(this.#directory(list), { recursive: true, force: true })
  }

  #directory(list: ImageReference): string {
    return join(this.#root, fileName(list))
  }

  #read(path: string, name: string): ImageManifest {
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new ManifestNotFoundError(name)
      throw new Error(pathErrorText('open', path, error), { cause: error })
    }
    const syntax = goJsonError(text, 'unexpected end of JSON input')
    if (syntax !== '') throw new Error(syntax)
    return parseManifest(text, name)
  }
}

/** Returns docker's file name for a reference: `127.0.0.1-5000_a_b-1` for `127.0.0.1:5000/a/b:1`. */
function fileName(reference: ImageReference): string {
  return canonicalString(reference).replaceAll(':', '-').replaceAll('/', '_')
}

/** Parses a stored manifest. The image's own manifest is returned exactly as in the file. */
function parseManifest(text: string, name: string): ImageManifest {
  const value: unknown = JSON.parse(text)
  const descriptor = memberOf(value, 'Descriptor')
  const size = memberOf(descriptor, 'size')
  const platform = memberOf(descriptor, 'platform')
  const raw = textIn(value, 'Raw')
  const [lead = '', member] = /"(SchemaV2Manifest|OCIManifest)"\s*:\s*/.exec(text) ?? []
  if (member === undefined) throw new Error(`${textIn(value, 'Ref') || name} has no payload`)
  const rest = text.slice(text.indexOf(lead) + lead.length)
  return {
    reference: textIn(value, 'Ref'),
    descriptor: {
      mediaType: textIn(descriptor, 'mediaType'),
      digest: textIn(descriptor, 'digest'),
      size: typeof size === 'number' ? size : 0,
      ...(platform === undefined ? {} : { platform: platformIn(platform) }),
    },
    ...(raw === '' ? {} : { raw: new Uint8Array(Buffer.from(raw, 'base64')) }),
    kind: member === 'OCIManifest' ? 'oci' : 'schema2',
    json: rest.slice(0, endOfFirstJsonValue(rest)),
  }
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
