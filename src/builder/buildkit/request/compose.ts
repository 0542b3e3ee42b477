import { messageOf } from '../../../domain/errors.ts'
import { parseGoBool } from '../../../domain/go/bool.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { checkReference } from '../../../domain/image/reference.ts'
import type { BuilderFacts, Exporter, SolveRequest } from '../common/solve-request.ts'
import { extraHosts } from './flag-values.ts'
import type { BuildInputs } from './inputs.ts'
import type { Annotations } from './metadata.ts'
import type { BuildKitFlags, BuildOptions } from './options.ts'

/** Everything a request is made of, read and looked up. */
export interface Ingredients {
  readonly ref: string
  readonly flags: BuildKitFlags
  readonly options: BuildOptions
  readonly platforms: readonly string[]
  readonly annotations: Annotations
  readonly entitlements: readonly string[]
  readonly exporters: readonly Exporter[]
  readonly facts: BuilderFacts
  readonly env: Readonly<Record<string, string | undefined>>
  /** Proxies of config.json, by name in capitals. */
  readonly proxies: Readonly<Record<string, string>>
}

const CALLS = 'moby.buildkit.frontend.subrequests+forward'

/**
 * What is checked before the inputs are looked at, and the exporters that are sent.
 * @throws Error in buildx's words
 */
export function chooseExporters(ingredients: Ingredients): readonly Exporter[] {
  checkAnnotations(ingredients)
  checkCacheExports(ingredients)
  checkAttests(ingredients)
  const exporters = withDefault(ingredients)
  if (exporters.length > 1 && !ingredients.facts.hasManyExporters) {
    throw new Error(
      'multiple outputs currently unsupported by the current BuildKit daemon, please upgrade to version v0.13+ or use a single output',
    )
  }
  return named(exporters, ingredients.flags.tag)
    .filter(({ type }) => type !== 'cacheonly')
    .map((exporter) => forEngine(exporter, ingredients))
}

/**
 * The request as buildx sends it to an engine's own BuildKit.
 * @param exporters those that `chooseExporters` chose
 * @throws Error in buildx's words
 */
export function composeRequest(
  ingredients: Ingredients,
  exporters: readonly Exporter[],
  inputs: BuildInputs,
): SolveRequest {
  const { ref, flags, options, entitlements } = ingredients
  const { cacheImports, cacheExports, call } = options
  const syntax = options.buildArguments.BUILDKIT_SYNTAX
  return {
    ref,
    frontend: syntax === undefined ? 'dockerfile.v0' : 'gateway.v0',
    frontendAttributes: {
      ...inputs.attributes,
      ...frontendAttributes(ingredients),
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
        'frontend.caps': [inputs.attributes['frontend.caps'], CALLS].filter((caps) => caps).join(','),
      },
    }),
  }
}

function frontendAttributes(ingredients: Ingredients): Record<string, string> {
  const { flags, options, platforms, facts, proxies } = ingredients
  const { buildArguments, labels } = options
  const isManyPlatforms = parseGoBool(buildArguments.BUILDKIT_MULTI_PLATFORM ?? '') === true
  if (platforms.length > 1 && !facts.hasContainerdStore)
    throw notSupported('Multi-platform build', 'build-multi-platform')
  const network = networkMode(flags.network)
  const hosts = extraHosts(flags['add-host'], facts.hostGateway)
  const ulimits = new Map(flags.ulimit.map(({ Name, Soft, Hard }) => [Name, `${Name}=${Soft}:${Hard}`]))
  return {
    ...present({
      'cgroup-parent': flags['cgroup-parent'],
      target: flags.target,
      platform: platforms.join(','),
      'force-network-mode': network,
      'add-hosts': hosts,
      'shm-size': flags['shm-size'] > 0 ? String(flags['shm-size']) : '',
      ulimit: [...ulimits.values()].sort().join(','),
      'multi-platform': isManyPlatforms ? 'true' : '',
    }),
    ...attestAttributes(ingredients),
    'image-resolve-mode': flags.pull ? 'pull' : 'local',
    ...noCache(flags),
    ...prefixed('build-arg:', { ...proxies, ...buildArguments }),
    ...prefixed('label:', labels),
  }
}

function noCache(flags: BuildKitFlags): Record<string, string> {
  if (flags['no-cache']) return { 'no-cache': '' }
  return flags['no-cache-filter'].length > 0 ? { 'no-cache': flags['no-cache-filter'].join(',') } : {}
}

function networkMode(mode: string): string {
  if (mode === 'host' || mode === 'none') return mode
  if (mode === '' || mode === 'default') return ''
  const advice = 'you can define a custom network for your builder using the network driver-opt in buildx create'
  throw new Error(`network mode ${goQuote(mode)} not supported by buildkit - ${advice}`)
}

/** An annotated index needs something to be in it beside the image. */
function checkAnnotations({ annotations, platforms, facts }: Ingredients): void {
  if (annotations.needIndex && platforms.length <= 1 && !facts.hasContainerdStore) {
    throw new Error('index annotations not supported for single platform export')
  }
}

function checkCacheExports({ options, facts }: Ingredients): void {
  const isInline = options.cacheExports.every(({ type }) => type === 'inline')
  if (!isInline && !facts.hasContainerdStore) throw notSupported('Cache export', 'build-cache-backends')
}

function checkAttests({ options, facts }: Ingredients): void {
  const isWanted = [...options.attests.values()].some((words) => words !== null)
  if (isWanted && !facts.hasContainerdStore) throw notSupported('Attestation', 'attestations')
}

function attestAttributes({ options, facts, env }: Ingredients): Record<string, string> {
  const wanted = [...options.attests].filter((entry): entry is [string, string] => entry[1] !== null)
  const isDefault = !options.attests.has('provenance') && facts.hasContainerdStore && !hasNoDefaultAttestations(env)
  return {
    ...prefixed('attest:', Object.fromEntries(wanted)),
    ...(isDefault ? { 'attest:provenance': 'mode=min,inline-only=true' } : {}),
  }
}

function hasNoDefaultAttestations({ BUILDX_NO_DEFAULT_ATTESTATIONS: text }: Ingredients['env']): boolean {
  if (text === undefined) return false
  const read = parseGoBool(text)
  if (read === undefined) {
    const reason = `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`
    throw new Error(`invalid BUILDX_NO_DEFAULT_ATTESTATIONS: ${reason}`)
  }
  return read
}

/** Without `--output` a build makes an image, unless the frontend is only asked something. */
function withDefault({ exporters, options, env }: Ingredients): readonly Exporter[] {
  const isNone = options.call !== undefined || parseGoBool(env.BUILDX_NO_DEFAULT_LOAD ?? '') === true
  return exporters.length > 0 || isNone ? exporters : [{ type: 'image', attributes: {} }]
}

/** Images get the names of `--tag`. */
function named(exporters: readonly Exporter[], tags: readonly string[]): readonly Exporter[] {
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

/** What an engine's own BuildKit calls the exporters, and what it cannot do. */
function forEngine(exporter: Exporter, { platforms, options, facts }: Ingredients): Exporter {
  const { type, attributes, output } = exporter
  if (type === 'oci' && !facts.hasContainerdStore) throw notSupported('OCI exporter', 'build-exporters')
  if (type === 'docker') {
    const isList = platforms.length > 1 || [...options.attests.values()].some((words) => words !== null)
    if (isList && output) {
      throw new Error('docker exporter does not support exporting manifest lists, use the oci exporter instead')
    }
    if (isList) throw new Error('docker exporter does not currently support exporting manifest lists')
    if (output && !facts.hasContainerdStore) throw notSupported('Docker exporter', 'build-exporters')
  }
  const isImage = type === 'image' || (type === 'docker' && !output)
  if (isImage && isPush(attributes) && parseGoBool(attributes['push-by-digest'] ?? '') === true) {
    throw new Error(
      'push-by-digest is currently not implemented for docker driver, please create a new builder instance',
    )
  }
  const isNamed = isImage || type === 'oci' || type === 'docker'
  const info = options.buildArguments.BUILDKIT_INLINE_BUILDINFO_ATTRS
  return {
    ...exporter,
    type: isImage ? 'moby' : type,
    attributes: isNamed && info !== undefined ? { ...attributes, 'buildinfo-attrs': info } : attributes,
  }
}

export function isPush(attributes: Exporter['attributes']): boolean {
  return parseGoBool(attributes.push ?? '') === true
}

function notSupported(what: string, page: string): Error {
  return new Error(
    [
      `${what} is not supported for the docker driver.`,
      'Switch to a different driver, or turn on the containerd image store, and try again.',
      `Learn more at https://docs.docker.com/go/${page}/`,
    ].join('\n'),
  )
}

function prefixed(prefix: string, map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [prefix + name, value]))
}

function present(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== ''))
}
