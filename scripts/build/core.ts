/**
 * The core: what every command needs, in one chunk. The bundler makes a chunk for each combination of entry points that
 * share modules, which are dozens at every start, and each of them takes time. So every file that is loaded on demand gets
 * imports of the whole core. They change nothing, since all of it is loaded by then, but the modules of the core are then
 * shared by all entry points.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const SRC = join(import.meta.dirname, '../../src')

/** What most lists and many other commands need. With the core it loads faster than in chunks of its own. */
const SHARED = [
  './cli/each.ts',
  './cli/io/list-format.ts',
  './domain/image/reference.ts',
  './domain/natural-order.ts',
  './flags/arg.ts',
  './flags/choice.ts',
  './flags/container/stop.ts',
  './flags/shared.ts',
  './format/output.ts',
  './format/text/truncate.ts',
  './format/text/units.ts',
  './format/views/container/list.ts',
  './format/views/container/ports.ts',
  './format/views/labels.ts',
  './format/views/list.ts',
]

/** The specifiers of relative imports. A dynamic import has parentheses. */
const STATIC = /^(?:import \{.*|\}) from '(\.[^']+)'$/gm
const DYNAMIC = /\bimport\('(\.[^']+)'\)/g

/** The files that are imported dynamically. */
const onDemand = new Set(
  globSync('**/*.ts', { cwd: SRC }).flatMap((file) =>
    specifiers(file, DYNAMIC).map((specifier) => join(SRC, dirname(file), specifier)),
  ),
)

const imports = [...specifiers('main.ts', STATIC), ...SHARED]
  .map((specifier) => `\nimport '${join(SRC, specifier)}'`)
  .join('')

/** Whether a source is imported dynamically. @param path absolute */
export function isLoadedOnDemand(path: string): boolean {
  return onDemand.has(path)
}

/** Returns the imports that a file gets that is loaded on demand. */
export function coreImports(): string {
  return imports
}

function specifiers(file: string, pattern: RegExp): string[] {
  return [...readFileSync(join(SRC, file), 'utf8').matchAll(pattern)].map(([, specifier = '']) => specifier)
}
