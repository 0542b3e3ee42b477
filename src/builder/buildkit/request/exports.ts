import { type Stats, statSync } from 'node:fs'
import { codeOf, pathErrorText } from '../../../domain/errors.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import { osPath } from '../../../domain/go/bytes.ts'
import { directoryPath } from '../../../domain/go/path.ts'
import type { Exporter, Output } from '../common/solve-request.ts'
import { splitFields, splitKeyValue } from './fields.ts'

/** A parsed `--output`. */
export interface TypedExport {
  readonly type: string
  /** The destination on this machine; `-` is stdout; empty when it is not typed. */
  readonly destination: string
  readonly attributes: Readonly<Record<string, string>>
}

/**
 * Parses `--output`: a CSV record of keys and values, or only a directory; `-` is an archive on stdout.
 * @throws Error with buildx's text
 */
export function parseExports(texts: readonly string[]): readonly TypedExport[] {
  return texts.filter((text) => text !== '').map(parseExport)
}

function parseExport(text: string): TypedExport {
  const fields = splitFields(text)
  if (fields.length === 1 && fields[0] === text && !text.startsWith('type=')) {
    return { type: text === '-' ? 'tar' : 'local', destination: text, attributes: {} }
  }
  let type = ''
  let destination = ''
  const attributes: Record<string, string> = {}
  for (const field of fields) {
    const [key, value] = splitKeyValue(field)
    const name = key.toLowerCase().trim()
    if (name === 'type') type = value
    else if (name === 'dest') destination = value
    else attributes[name] = value
  }
  if (type === '') throw new Error('type is required for output')
  return { type, destination, attributes }
}

export interface ExportFlags {
  readonly push: boolean
  readonly load: boolean
}

export interface Stdout {
  readonly isTerminal: boolean
  readonly stream: NodeJS.WritableStream
}

/**
 * Returns the exporters of the typed outputs and those that `--push` and `--load` add. Their destinations are checked
 * now, so that a build does not fail only at its end.
 * @throws Error with buildx's text when a destination cannot be written to
 */
export function prepareExporters(
  typedExports: readonly TypedExport[],
  { push, load }: ExportFlags,
  stdout: Stdout,
): readonly Exporter[] {
  const exporters = typedExports.map((each) => prepareExporter(each, stdout))
  const isImage = ({ type }: Exporter) => type === 'image'
  const pushed = push
    ? exporters.map((each) => (isImage(each) ? { ...each, attributes: { ...each.attributes, push: 'true' } } : each))
    : exporters
  const isLoaded = exporters.some(({ type, output }) => type === 'docker' && output === undefined)
  return [
    ...pushed,
    ...(push && !exporters.some(isImage) ? [{ type: 'image', attributes: { push: 'true' } }] : []),
    ...(load && !isLoaded ? [{ type: 'docker', attributes: {} }] : []),
  ]
}

function prepareExporter({ type, destination, attributes }: TypedExport, stdout: Stdout): Exporter {
  switch (type) {
    case 'registry':
      return { type: 'image', attributes: { ...attributes, push: 'true' } }
    case 'local':
      return { type, attributes, output: directoryOutput(type, destination) }
    case 'tar':
      return { type, attributes, output: fileOutput(type, destination || '-', stdout) }
    case 'oci':
    case 'docker':
      if (parseGoBool(attributes.tar ?? '') === false) {
        return { type, attributes, output: directoryOutput(type, destination) }
      }
      if (type === 'docker' && destination === '') return { type, attributes }
      return { type, attributes, output: fileOutput(type, destination || '-', stdout) }
    default:
      return { type, attributes }
  }
}

function directoryOutput(type: string, path: string): Output {
  if (path === '') throw new Error(`dest is required for ${type} exporter`)
  if (path === '-') throw new Error(`dest cannot be stdout for ${type} exporter`)
  const stats = statOf(path, `invalid destination directory: ${path}`)
  if (stats && !stats.isDirectory()) throw new Error(`destination directory ${path} is a file`)
  return { kind: 'directory', path }
}

function fileOutput(type: string, path: string, stdout: Stdout): Output {
  if (path === '-') {
    if (stdout.isTerminal) throw new Error(`dest file is required for ${type} exporter. refusing to write to console`)
    return { kind: 'stream', stream: stdout.stream }
  }
  if (statOf(path, `invalid destination file: ${path}`)?.isDirectory()) {
    throw new Error(`destination file ${path} is a directory`)
  }
  const directory = directoryPath(path)
  if (!statOf(directory, `invalid destination file: ${path}`)?.isDirectory()) {
    throw new Error(`failed to open open ${path}: no such file or directory`)
  }
  return { kind: 'file', path }
}

/** Returns the stats of a file; undefined when it does not exist. */
function statOf(path: string, what: string): Stats | undefined {
  try {
    return statSync(osPath(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(`${what}: ${pathErrorText('stat', path, error)}`)
  }
}
