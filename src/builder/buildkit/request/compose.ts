import { messageOf } from '../../../domain/errors.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { checkReference } from '../../../domain/image/reference.ts'
import type { BuilderFacts, Exporter, SolveRequest } from '../common/solve-request.ts'
import { formatExtraHosts } from './flag-values.ts'
import type { BuildInputs } from './inputs.ts'
import type { Annotations } from './metadata.ts'
import type { BuildKitFlags, BuildOptions } from './options.ts'

/** The parsed flags, the environment and everything else that a request is composed of. */
export interface RequestParts {
  readonly ref: string
  readonly flags: BuildKitFlags
  readonly options: BuildOptions
  readonly platforms: readonly string[]
  readonly annotations: Annotations
  readonly entitlements: readonly string[]
  readonly exporters: readonly Exporter[]
  readonly facts: BuilderFacts
  readonly env: Readonly<Record<string, string | undefined>>
  /** Proxies of config.json by upper-case name. */
  readonly proxies: Readonly<Record<string, string>>
}

const CALL_CAPABILITY = 'moby.buildkit.frontend.subrequests+forward'

/**
 * Chooses the exporters of the request. It also makes the checks that buildx makes before it opens the inputs, so that
 * of several errors the same one is reported.
 * @throws Error with buildx's text when the daemon does not support what the flags request
 */
export function chooseExporters(parts: RequestParts): readonly Exporter[] {
  checkAnnotations(parts)
  checkCacheExports(parts)
  checkAttests(parts)
  const exporters = addDefaultExporter(parts)
  if (exporters.length > 1 && !parts.facts.hasManyExporters) {
    throw new Error(
      'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
    )
  }
  return addTags(exporters, parts.flags.tag)
    .filter(({ type }) => type !== 'cacheonly')
    .map((exporter) => convertForEngine(exporter, parts))
}

/**
 * Composes the request that buildx sends to an engine's own BuildKit (docker/buildx build/opt.go).
 * @param exporters the exporters that `chooseExporters` returned
 * @throws Error with buildx's text
 */
export function composeRequest(parts: RequestParts, exporters: readonly Exporter[], inputs: BuildInputs): SolveRequest {
  const { ref, flags, options, entitlements } = parts
  const { cacheImports, cacheExports, call } = options
  const syntax = options.buildArguments.BUILDKIT_SYNTAX
  return {
    ref,
    frontend: syntax === undefined ? 'dockerfile.v0' : 'gateway.v0',
    frontendAttributes: {
      ...inputs.attributes,
      ...composeFrontendAttributes(parts),
      ...(syntax === undefined ? {} : { cmdline: syntax, source: syntax.trim().split(' ', 1)[0] ?? '' }),
    },
    exporters,
    cacheImports,
    cacheExports,
    entitlements: flags.network === 'host' ? [...entitlements, 'network.host'] : entitlements,
    ...(call && {
      isInternal: true,
      callAttributes: {
        requestid: `frontend.${call.name}`,
        'frontend.caps': [inputs.attributes['frontend.caps'], CALL_CAPABILITY].filter((caps) => caps).join(','),
      },
    }),
  }
}

function composeFrontendAttributes(parts: RequestParts): Record<string, string> {
  const { flags, options, platforms, facts, proxies } = parts
  const { buildArguments, labels } = options
  const isMultiPlatform = parseGoBool(buildArguments.BUILDKIT_MULTI_PLATFORM ?? '') === true
  if (platforms.length > 1 && !facts.hasContainerdStore)
    throw notSupported('Multi-platform build', 'build-multi-platform')
  const network = parseNetworkMode(flags.network)
  const hosts = formatExtraHosts(flags['add-host'], facts.hostGateway)
  const ulimits = new Map(flags.ulimit.map(({ Name, Soft, Hard }) => [Name, `${Name}=${Soft}:${Hard}`]))
  return {
    ...omitEmpty({
      'cgroup-parent': flags['cgroup-parent'],
      target: flags.target,
      platform: platforms.join(','),
      'force-network-mode': network,
      'add-hosts': hosts,
      'shm-size': flags['shm-size'] > 0 ? String(flags['shm-size']) : '',
      ulimit: [...ulimits.values()].sort().join(','),
      'multi-platform': isMultiPlatform ? 'true' : '',
    }),
    ...composeAttestAttributes(parts),
    'image-resolve-mode': flags.pull ? 'pull' : 'local',
    ...composeNoCacheAttributes(flags),
    ...addPrefix('build-arg:', { ...proxies, ...buildArguments }),
    ...addPrefix('label:', labels),
  }
}

function composeNoCacheAttributes(flags: BuildKitFlags): Record<string, string> {
  if (flags['no-cache']) return { 'no-cache': '' }
  return flags['no-cache-filter'].length > 0 ? { 'no-cache': flags['no-cache-filter'].join(',') } : {}
}

function parseNetworkMode(mode: string): string {
  if (mode === 'host' || mode === 'none') return mode
  if (mode === '' || mode === 'default') return ''
  const advice = 'you can define a custom network for your builder using the network driver-opt in buildx create'
  throw new Error(`network mode ${goQuote(mode)} not supported by buildkit - ${advice}`)
}

/**
 * Refuses annotations of an index that the image does not have. An image for one platform has an index only in the
 * containerd image store.
 */
function checkAnnotations({ annotations, platforms, facts }: RequestParts): void {
  if (annotations.needsIndex && platforms.length <= 1 && !facts.hasContainerdStore) {
    throw new Error('index annotations not supported for single platform export')
  }
}

function checkCacheExports({ options, facts }: RequestParts): void {
  const isInline = options.cacheExports.every(({ type }) => type === 'inline')
  if (!isInline && !facts.hasContainerdStore) throw notSupported('Cache export', 'build-cache-backends')
}

function checkAttests({ options, facts }: RequestParts): void {
  const isAnyEnabled = [...options.attests.values()].some((value) => value !== null)
  if (isAnyEnabled && !facts.hasContainerdStore) throw notSupported('Attestation', 'attestations')
}

function composeAttestAttributes({ options, facts, env }: RequestParts): Record<string, string> {
  const enabled = [...options.attests].filter((entry): entry is [string, string] => entry[1] !== null)
  const hasDefault = !options.attests.has('provenance') && facts.hasContainerdStore && !hasNoDefaultAttestations(env)
  return {
    ...addPrefix('attest:', Object.fromEntries(enabled)),
    ...(hasDefault ? { 'attest:provenance': 'mode=min,inline-only=true' } : {}),
  }
}

function hasNoDefaultAttestations({ BUILDX_NO_DEFAULT_ATTESTATIONS: text }: RequestParts['env']): boolean {
  if (text === undefined) return false
  const parsed = parseGoBool(text)
  if (parsed === undefined) {
    const reason = `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`
    throw new Error(`invalid BUILDX_NO_DEFAULT_ATTESTATIONS: ${reason}`)
  }
  return parsed
}

/** Adds the default exporter, an image, when there is no `--output`. A `--call` has no exporter. */
function addDefaultExporter({ exporters, options, env }: RequestParts): readonly Exporter[] {
  const hasNoDefault = options.call !== undefined || parseGoBool(env.BUILDX_NO_DEFAULT_LOAD ?? '') === true
  return exporters.length > 0 || hasNoDefault ? exporters : [{ type: 'image', attributes: {} }]
}

/** Sets the names of images to those of `--tag`. */
function addTags(exporters: readonly Exporter[], tags: readonly string[]): readonly Exporter[] {
  for (const tag of tags) checkTag(tag)
  if (tags.length === 0) {
    for (const { type, attributes } of exporters) {
      if (type === 'image' && !attributes.name && isPush(attributes)) {
        throw new Error('tag is needed when pushing to registry')
      }
    }
    return exporters
  }
  const isNamed = ({ type }: Exporter) => type === 'image' || type === 'oci' || type === 'docker'
  return exporters.map((each) =>
    isNamed(each) ? { ...each, attributes: { ...each.attributes, name: tags.join(',') } } : each,
  )
}

function checkTag(tag: string): void {
  try {
    checkReference(tag)
  } catch (error) {
    throw new Error(`invalid tag ${goQuote(tag)}: ${messageOf(error)}`)
  }
}

/**
 * Converts an exporter to the one that an engine's own BuildKit has, which is `moby` for images.
 * @throws Error with buildx's text when the engine does not support the exporter
 */
function convertForEngine(exporter: Exporter, { platforms, options, facts }: RequestParts): Exporter {
  const { type, attributes, output } = exporter
  if (type === 'oci' && !facts.hasContainerdStore) throw notSupported('OCI exporter', 'build-exporters')
  if (type === 'docker') {
    const hasManifestList = platforms.length > 1 || [...options.attests.values()].some((value) => value !== null)
    if (hasManifestList && output) {
      throw new Error('docker exporter does not support exporting manifest lists, use the oci exporter instead')
    }
    if (hasManifestList) throw new Error('docker exporter does not currently support exporting manifest lists')
    if (output && !facts.hasContainerdStore) throw notSupported('Docker exporter', 'build-exporters')
  }
  const isImage = type === 'image' || (type === 'docker' && !output)
  if (isImage && isPush(attributes) && parseGoBool(attributes['push-by-digest'] ?? '') === true) {
    throw new Error(
      'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
    )
  }
  const isNamed = isImage || type === 'oci' || type === 'docker'
  const buildInfo = options.buildArguments.BUILDKIT_INLINE_BUILDINFO_ATTRS
  return {
    ...exporter,
    type: isImage ? 'moby' : type,
    attributes: isNamed && buildInfo !== undefined ? { ...attributes, 'buildinfo-attrs': buildInfo } : attributes,
  }
}

/** Returns whether the attributes of an exporter request a push. */
export function isPush(attributes: Exporter['attributes']): boolean {
  return parseGoBool(attributes.push ?? '') === true
}

function notSupported(feature: string, page: string): Error {
  return new Error(
    [
      `${feature} is not supported for the docker driver.`,
      'Switch to a different driver, or turn on the containerd image store, and try again.',
      `Learn more at https://docs.docker.com/go/${page}/`,
    ].join('\n'),
  )
}

function addPrefix(prefix: string, map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [prefix + name, value]))
}

function omitEmpty(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== ''))
}
