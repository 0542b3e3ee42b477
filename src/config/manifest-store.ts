import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import { type ImageManifest, memberOf, platformIn, textIn } from '../domain/image/manifest.ts'
import { canonicalString, type ImageReference } from '../domain/image/reference.ts'

/** There is no such list, or no such manifest in it. */
export class ManifestNotFoundError extends Error {
  override name = 'ManifestNotFoundError'

  constructor(reference: string) {
    super(`No such manifest: ${reference}`)
  }
}

/**
 * Manifest lists that are being made, kept where docker keeps them and as it does: a directory a list, a file an image.
 * Nothing is in a file that a registry does not tell everybody.
 */
export class ManifestStore {
  readonly #root: string

  /** @param configDir the directory of config.json */
  constructor(configDir: string) {
    this.#root = join(configDir, 'manifests')
  }

  /** One manifest of a list. @throws ManifestNotFoundError @throws Error when its file cannot be read */
  get(list: ImageReference, image: ImageReference): ImageManifest {
    const path = join(this.#directory(list), fileName(image))
    return this.#read(path, canonicalString(image))
  }

  /** All of a list, by the names of their files. @throws ManifestNotFoundError @throws Error when one cannot be read */
  list(list: ImageReference): ImageManifest[] {
    const directory = this.#directory(list)
    const name = canonicalString(list)
    try {
      return readdirSync(directory)
        .sort(byBytes)
        .map((file) => this.#read(join(directory, file), name))
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw new ManifestNotFoundError(name)
      throw error
    }
  }

  /** @param text the manifest as `manifest inspect --verbose` shows it, without spaces between its parts */
  save(list: ImageReference, image: ImageReference, text: string): void {
    mkdirSync(this.#directory(list), { recursive: true, mode: 0o755 })
    writeFileSync(join(this.#directory(list), fileName(image)), text, { mode: 0o644 })
  }

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
    return manifestIn(text, name)
  }
}

/** `127.0.0.1:5000/a/b:1` is kept under `127.0.0.1-5000_a_b-1`. */
function fileName(reference: ImageReference): string {
  return canonicalString(reference).replaceAll(':', '-').replaceAll('/', '_')
}

/** A kept manifest. The image's own manifest stays letter for letter as it is in the file. */
function manifestIn(text: string, name: string): ImageManifest {
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

function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
