// Reads the Compose files of a stack.
import type { Cli } from '../../cli/cli.ts'
import { readFileUpTo } from '../../cli/io/read-file.ts'
import { readStreamUpTo } from '../../cli/io/read-stream.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { absolutePath, directoryPath } from '../../domain/go/path.ts'
import { checkAnyReference } from '../../domain/image/reference.ts'
import type { Compose } from '../../domain/stack/compose.ts'
import { type ComposeFile, loadCompose } from '../../domain/stack/load.ts'
import {
  deprecatedProperties,
  describeProperties,
  ForbiddenPropertiesError,
  unsupportedProperties,
} from '../../domain/stack/properties.ts'
import { parseYaml } from '../../domain/stack/yaml-parser.ts'
import { sortedEntries } from '../../domain/stack/yaml-writer.ts'
import { formatLogLine } from '../../format/text/notices.ts'

/** The largest Compose file in bytes. The parser needs some hundred times as much memory. */
const MAX_SIZE = 4 * 1024 * 1024

/**
 * Loads the Compose files of a stack, and merges them.
 * @param paths in the order in which they override each other; `-` for stdin
 * @throws ExitStatus, Error with docker's message
 */
export async function loadComposeFiles(
  paths: readonly string[],
  { skipsInterpolation }: { readonly skipsInterpolation: boolean },
  cli: Cli,
): Promise<Compose> {
  const files = await readComposeFiles(paths, cli)
  return load(paths, files, skipsInterpolation, cli)
}

/**
 * Loads the Compose files that will be deployed, and reports the properties that stacks ignore.
 * @throws ExitStatus, Error with docker's message
 */
export async function loadDeployedFiles(paths: readonly string[], cli: Cli): Promise<Compose> {
  const files = await readComposeFiles(paths, cli)
  const contents = files.map(({ content }) => content)
  const compose = refuseForbidden(() => load(paths, files, false, cli))
  const unsupported = unsupportedProperties(contents)
  if (unsupported.length > 0) cli.err.write(`Ignoring unsupported options: ${unsupported.join(', ')}\n\n`)
  const deprecated = deprecatedProperties(contents)
  if (deprecated.size > 0) cli.err.write(`Ignoring deprecated options:\n\n${describeProperties(deprecated)}\n\n`)
  for (const [name, { value }] of sortedEntries(compose.services)) checkImage(name, value.image)
  return compose
}

/** @throws ExitStatus with docker's message */
function checkImage(service: string, image: string): void {
  try {
    if (image === '') throw new Error('no image specified')
    checkAnyReference(image)
  } catch (error) {
    throw new ExitStatus(1, `invalid image reference for service ${service}: ${messageOf(error)}`)
  }
}

function refuseForbidden(work: () => Compose): Compose {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ForbiddenPropertiesError)) throw error
    const properties = describeProperties(error.properties)
    throw new ExitStatus(1, `Compose file contains unsupported options:\n\n${properties}\n`)
  }
}

function load(paths: readonly string[], files: readonly ComposeFile[], skipsInterpolation: boolean, cli: Cli): Compose {
  const { env, err, now, readFile } = cli
  const cwd = logicalWorkingDirectory(env)
  const [first = ''] = paths
  return loadCompose(files, {
    directory: paths.length === 1 && first === '-' ? cwd : directoryPath(absolutePath(first, cwd)),
    environment: env,
    skipsInterpolation,
    readFile,
    warn: (message) => err.write(formatLogLine('warning', message, { isTerminal: err.isTerminal, now: now() })),
  })
}

async function readComposeFiles(paths: readonly string[], cli: Cli): Promise<ComposeFile[]> {
  if (paths.length === 0) throw new ExitStatus(1, 'Specify a Compose file (with --compose-file)')
  const files: ComposeFile[] = []
  for (const name of paths) {
    const content = parseYaml(decode(await readBytes(name, cli), name))
    if (!(content instanceof Map)) throw new ExitStatus(1, 'top-level object must be a mapping')
    files.push({ name, content })
  }
  return files
}

async function readBytes(path: string, cli: Cli): Promise<Uint8Array> {
  const limit = MAX_SIZE + 1
  return path === '-' ? readStreamUpTo(cli.in.stream, limit) : readFileUpTo(path, limit)
}

function decode(bytes: Uint8Array, name: string): string {
  if (bytes.length > MAX_SIZE) throw new ExitStatus(1, `the Compose file "${name}" is larger than ${MAX_SIZE} bytes`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ExitStatus(1, 'yaml: invalid leading UTF-8 octet')
  }
}
