import type { Ulimit } from '../../../domain/container/ulimit.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import type { Int64 } from '../../../domain/go/int.ts'
import type { CacheEntry } from '../common/solve-request.ts'
import { addCredentials, parseCaches } from './cache.ts'
import { type Call, parseCall } from './call.ts'
import { parseExports, type TypedExport } from './exports.ts'
import { parseMap, parseNamedContexts } from './flag-values.ts'
import { type Attests, parseAttests } from './metadata.ts'
import { parseAgent, parseSecret, type TypedAgent, type TypedSecret } from './providers.ts'

/** The flags of `build` that affect the request to BuildKit. */
export interface BuildKitFlags {
  readonly 'add-host': readonly string[]
  readonly allow: readonly string[]
  readonly annotation: readonly string[]
  readonly attest: readonly string[]
  readonly 'build-arg': readonly string[]
  readonly 'build-context': readonly string[]
  readonly 'cache-from': readonly string[]
  readonly 'cache-to': readonly string[]
  /** The value of the last of `--call`, `--check` and `--print`; `build` by default. */
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
  readonly 'shm-size': Int64
  readonly ssh: readonly string[]
  readonly tag: readonly string[]
  readonly target: string
  readonly ulimit: readonly Ulimit[]
}

/** The parsed flags. No file has been accessed yet. */
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
  /** The request to the frontend instead of a build; undefined for a build. */
  readonly call: Call | undefined
}

/**
 * Parses the flags in buildx's order, so that of several errors the same one is reported.
 * @throws Error with buildx's text
 */
export function parseOptions(flags: BuildKitFlags, env: Readonly<Record<string, string | undefined>>): BuildOptions {
  const buildArguments = parseMap(flags['build-arg'], env)
  if (env.SOURCE_DATE_EPOCH) buildArguments.SOURCE_DATE_EPOCH ??= env.SOURCE_DATE_EPOCH
  const labels = parseMap(flags.label)
  const attests = parseAttests(flags)
  const namedContexts = parseNamedContexts(flags['build-context'])
  const exports = parseExports(flags.output)
  if (flags.iidfile !== '' && exports.some(({ type }) => type === 'local' || type === 'tar')) {
    throw new Error('local and tar exporters are incompatible with image ID file')
  }
  const cacheImports = addCredentials(parseCaches(flags['cache-from']), env)
  const cacheExports = addCredentials(parseCaches(flags['cache-to']), env)
  const isInline = parseGoBool(buildArguments.BUILDKIT_INLINE_CACHE ?? '') === true
  return {
    buildArguments,
    labels,
    attests,
    namedContexts,
    exports,
    cacheImports,
    cacheExports: isInline ? [...cacheExports, { type: 'inline', attributes: {} }] : cacheExports,
    secrets: flags.secret.map(parseSecret),
    agents: flags.ssh.map(parseAgent),
    call: parseCall(flags.call),
  }
}
