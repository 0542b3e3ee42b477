import type { Ulimit } from '../../../domain/container/ulimit.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import type { CacheEntry } from '../common/solve-request.ts'
import { readCaches, withCredentials } from './cache.ts'
import { type Call, readCall } from './call.ts'
import { readExports, type TypedExport } from './exports.ts'
import { readMap, readNamedContexts } from './flag-values.ts'
import { type Attests, readAttests } from './metadata.ts'
import { readAgent, readSecret, type TypedAgent, type TypedSecret } from './providers.ts'

/** The flags of `build` that say something to BuildKit. */
export interface BuildKitFlags {
  readonly 'add-host': readonly string[]
  readonly allow: readonly string[]
  readonly annotation: readonly string[]
  readonly attest: readonly string[]
  readonly 'build-arg': readonly string[]
  readonly 'build-context': readonly string[]
  readonly 'cache-from': readonly string[]
  readonly 'cache-to': readonly string[]
  /** What the frontend is asked in place of a build: `build`, or the last of `--call`, `--check` and `--print`. */
  readonly call: string
  readonly 'cgroup-parent': string
  readonly file: string
  readonly iidfile: string
  readonly label: readonly string[]
  readonly load: boolean
  readonly network: string
  readonly 'no-cache': boolean
  readonly 'no-cache-filter': readonly string[]
  readonly output: readonly string[]
  readonly platform: readonly string[]
  readonly provenance: string
  readonly pull: boolean
  readonly push: boolean
  readonly sbom: string
  readonly secret: readonly string[]
  readonly 'shm-size': number
  readonly ssh: readonly string[]
  readonly tag: readonly string[]
  readonly target: string
  readonly ulimit: readonly Ulimit[]
}

/** What was typed, read; nothing has been looked at yet. */
export interface BuildOptions {
  readonly buildArguments: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly attests: Attests
  readonly namedContexts: ReadonlyMap<string, string>
  readonly exports: readonly TypedExport[]
  readonly cacheImports: readonly CacheEntry[]
  readonly cacheExports: readonly CacheEntry[]
  readonly secrets: readonly TypedSecret[]
  readonly agents: readonly TypedAgent[]
  /** Undefined for a build. */
  readonly call: Call | undefined
}

/**
 * Reads the flags in buildx's order, which is the order of its complaints.
 * @throws Error in buildx's words
 */
export function readOptions(flags: BuildKitFlags, env: Readonly<Record<string, string | undefined>>): BuildOptions {
  const buildArguments = readMap(flags['build-arg'], env)
  if (env.SOURCE_DATE_EPOCH) buildArguments.SOURCE_DATE_EPOCH ??= env.SOURCE_DATE_EPOCH
  const labels = readMap(flags.label)
  const attests = readAttests(flags)
  const namedContexts = readNamedContexts(flags['build-context'])
  const exports = readExports(flags.output)
  if (flags.iidfile !== '' && exports.some(({ type }) => type === 'local' || type === 'tar')) {
    throw new Error('local and tar exporters are incompatible with image ID file')
  }
  const cacheImports = withCredentials(readCaches(flags['cache-from']), env)
  const cacheExports = withCredentials(readCaches(flags['cache-to']), env)
  const isInline = parseGoBool(buildArguments.BUILDKIT_INLINE_CACHE ?? '') === true
  return {
    buildArguments,
    labels,
    attests,
    namedContexts,
    exports,
    cacheImports,
    cacheExports: isInline ? [...cacheExports, { type: 'inline', attributes: {} }] : cacheExports,
    secrets: flags.secret.map(readSecret),
    agents: flags.ssh.map(readAgent),
    call: readCall(flags.call),
  }
}
