// Loads Compose files: reads them as docker does, validates them, and merges them.
import { parseEnvFile } from '../container/env.ts'
import { parseShortPublished } from '../container/port.ts'
import { absolutePath } from '../go/path.ts'
import { splitKeyValue } from '../key-value.ts'
import {
  type Compose,
  type Described,
  kinds,
  type Network,
  type Section,
  type StackFile,
  type Volume,
} from './compose.ts'
import { interpolate } from './interpolate.ts'
import type { Kind } from './kind.ts'
import { ForbiddenPropertiesError, forbiddenProperties } from './properties.ts'
import type { Service } from './service.ts'
import { composeVersion, validateCompose } from './validate.ts'
import { isSequence, mapIn, type YamlMap } from './value.ts'

/** A Compose file before it is validated. */
export interface ComposeFile {
  readonly name: string
  readonly content: YamlMap
}

/** What a load depends on outside of the files. */
export interface LoadOptions {
  /** The directory that relative paths start at. */
  readonly directory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly skipsInterpolation: boolean
  /** Reads an env file. @throws Error with Go's message */
  readFile(path: string): Uint8Array
  warn(message: string): void
}

/**
 * Loads Compose files, of which later ones override earlier ones.
 * @throws Error with docker's message
 */
export function loadCompose(files: readonly ComposeFile[], options: LoadOptions): Compose {
  let merged: Compose | undefined
  for (const { content } of files) {
    const file = loadFile(content, merged?.version, options)
    merged = merged ? mergeFiles(merged, file) : file
  }
  if (!merged) throw new Error('No files specified')
  return merged
}

function loadFile(content: YamlMap, expected: string | undefined, options: LoadOptions): Compose {
  const version = composeVersion(content)
  if (expected !== undefined && expected !== version) {
    throw new Error(`version mismatched between two composefiles : ${expected} and ${version}`)
  }
  const forbidden = forbiddenProperties(content)
  if (forbidden.size > 0) throw new ForbiddenPropertiesError(forbidden)
  const lookUp = (name: string) => options.environment[name]
  const file = options.skipsInterpolation ? content : interpolate(content, lookUp)
  validateCompose(file, version)
  for (const message of ignoredAddresses(file)) options.warn(message)
  return {
    version,
    services: loadSection(file, 'services', {
      kind: kinds.service,
      complete: (service) => loadService(service, options),
      keepsExtensions: () => true,
      path: () => '',
    }),
    // docker keeps the extensions of networks and volumes only if they exist outside of the stack.
    networks: loadSection(file, 'networks', {
      kind: kinds.network,
      complete: (network, name) => loadNetwork(network, name, version, options),
      keepsExtensions: ({ external }) => external.external,
    }),
    volumes: loadSection(file, 'volumes', {
      kind: kinds.volume,
      complete: (volume, name) => loadVolume(volume, name, version, options),
      keepsExtensions: ({ external }) => external.external,
    }),
    secrets: loadFiles(file, 'secret', version, options),
    configs: loadFiles(file, 'config', version, options),
    extensions: extensionsOf(file),
  }
}

/** Returns a warning for each published port with an address of the host, because swarms listen on all addresses. */
function ignoredAddresses(file: YamlMap): string[] {
  const services = [...(mapIn(file, 'services')?.values() ?? [])]
  const ports = services.flatMap((service) => (service instanceof Map ? (service.get('ports') ?? []) : []))
  const bindings = ports.flatMap((port) =>
    typeof port === 'string' ? Object.entries(parseShortPublished([port])) : [],
  )
  return bindings.flatMap(([target, published]) =>
    published
      .filter(({ HostIp }) => !['', '0.0.0.0', '::'].includes(HostIp))
      .map(
        ({ HostIp, HostPort }) =>
          `ignoring IP-address (${HostIp}:${HostPort}:${target}) service will listen on '0.0.0.0'`,
      ),
  )
}

function mergeFiles(base: Compose, file: Compose): Compose {
  const services = new Map(base.services)
  for (const [name, override] of file.services) {
    const current = services.get(name)
    services.set(name, current ? mergeServices(current, override) : override)
  }
  return {
    ...base,
    services,
    networks: new Map([...base.networks, ...file.networks]),
    volumes: new Map([...base.volumes, ...file.volumes]),
    secrets: new Map([...base.secrets, ...file.secrets]),
    configs: new Map([...base.configs, ...file.configs]),
  }
}

function mergeServices(base: Described<Service>, override: Described<Service>): Described<Service> {
  return {
    value: kinds.service.merge(base.value, override.value),
    extensions: mergeExtensions(base.extensions, override.extensions),
  }
}

/** Merges mappings key by key, appends lists, and otherwise takes the later value. */
function mergeExtensions(base: YamlMap, override: YamlMap): YamlMap {
  const merged = new Map(base)
  for (const [key, value] of override) {
    const current = base.get(key)
    if (current instanceof Map && value instanceof Map) merged.set(key, mergeExtensions(current, value))
    else merged.set(key, isSequence(current) && isSequence(value) ? [...current, ...value] : value)
  }
  return merged
}

/** How the objects of a section are loaded. */
interface SectionLoader<T> {
  readonly kind: Kind<T>
  /** Completes a decoded object. @throws Error with docker's message */
  complete(value: T, name: string): T
  /** Whether the `x-` fields of an object are kept. */
  keepsExtensions(value: T): boolean
  /** Returns the name of an object in the messages of its fields. */
  path?(name: string): string
}

function loadSection<T>(file: YamlMap, key: string, loader: SectionLoader<T>): Section<T> {
  const { kind, complete, keepsExtensions, path = (name) => `[${name}]` } = loader
  const section = mapIn(file, key) ?? new Map()
  const loaded = [...section].map(([name, content]): [string, Described<T>] => {
    const value = complete(kind.decode(content, path(name)), name)
    const isExtensible = content instanceof Map && keepsExtensions(value)
    return [name, { value, extensions: isExtensible ? extensionsOf(content) : new Map() }]
  })
  return new Map(loaded)
}

function extensionsOf(map: YamlMap): YamlMap {
  return new Map([...map].filter(([key]) => key.startsWith('x-')))
}

function loadService(service: Service, options: LoadOptions): Service {
  return {
    ...service,
    environment: resolveEnvironment(service, options),
    volumes: service.volumes.map((volume) => {
      if (volume.type !== 'bind') return volume
      if (volume.source === '') {
        throw new Error('invalid mount config for type "bind": field Source must not be empty')
      }
      return { ...volume, source: resolveSource(volume.source, options) }
    }),
  }
}

/** A variable without a value has that of docker's own environment. */
function resolveEnvironment(service: Service, options: LoadOptions): ReadonlyMap<string, string | undefined> {
  const resolved = new Map<string, string | undefined>()
  const set = (name: string, value: string | undefined) =>
    resolved.set(name, value === undefined || value === '' ? (options.environment[name] ?? value) : value)
  for (const file of service.env_file) {
    const path = absolutePath(file, options.directory)
    for (const line of parseEnvFile(options.readFile(path), path, options.environment)) {
      const { key, value } = splitKeyValue(line)
      set(key, value)
    }
  }
  for (const [name, value] of service.environment) set(name, value)
  return resolved
}

/** Matches an absolute path of Windows: on a drive, or `\\\\server\\share\\`. */
const WINDOWS_PATH = /^[a-zA-Z]:[\\/]|^[\\/]{2}[^\\/.][^\\/]*[\\/][^\\/.][^\\/]*[\\/]/

/** Returns a path of Windows unchanged, because the daemon may run there. */
function resolveSource(source: string, { directory, environment, warn }: LoadOptions): string {
  let path = source
  if (source.startsWith('~')) {
    const home = environment.HOME
    if (home === undefined) warn("cannot expand '~', because the environment lacks HOME")
    else path = source.replace('~', () => home)
  }
  return WINDOWS_PATH.test(path) ? path : path.startsWith('/') ? path : absolutePath(path, directory)
}

/** Returns whether a version is at least `3.<minor>`. */
function isFrom(version: string, minor: number): boolean {
  return Number(version.split('.')[1]) >= minor
}

/** An object that exists outside of the stack: its name, which old files have in `external.name`. */
interface External {
  name: string
  external: { name: string; external: boolean }
}

/** @param kind how the messages name the object @param deprecated the minor version that replaced `external.name` */
function nameExternal<T extends External>(
  object: T,
  { kind, name, version, deprecated }: { kind: string; name: string; version: string; deprecated: number },
  { warn }: LoadOptions,
): T {
  const { external } = object
  if (external.name === '') return { ...object, name: object.name || name }
  if (object.name !== '') {
    throw new Error(`${kind} ${name}: ${kind}.external.name and ${kind}.name conflict; only use ${kind}.name`)
  }
  if (isFrom(version, deprecated)) {
    warn(`${kind} ${name}: ${kind}.external.name is deprecated in favor of ${kind}.name`)
  }
  return { ...object, name: external.name, external: { ...external, name: '' } }
}

function loadNetwork(network: Network, name: string, version: string, options: LoadOptions): Network {
  if (!network.external.external) return network
  return nameExternal(network, { kind: 'network', name, version, deprecated: 5 }, options)
}

function loadVolume(volume: Volume, name: string, version: string, options: LoadOptions): Volume {
  if (!volume.external.external) return volume
  const conflicts: readonly (readonly [string, boolean])[] = [
    ['driver', volume.driver !== ''],
    ['driver_opts', volume.driver_opts.size > 0],
    ['labels', volume.labels.size > 0],
  ]
  const conflict = conflicts.find(([, isSet]) => isSet)
  if (conflict) {
    throw new Error(`conflicting parameters "external" and "${conflict[0]}" specified for volume "${name}"`)
  }
  return nameExternal(volume, { kind: 'volume', name, version, deprecated: 4 }, options)
}

function loadFiles(
  file: YamlMap,
  kind: 'secret' | 'config',
  version: string,
  options: LoadOptions,
): Section<StackFile> {
  const complete = (object: StackFile, name: string): StackFile => {
    if (object.external.external) return nameExternal(object, { kind, name, version, deprecated: 5 }, options)
    if (object.driver === '') return { ...object, file: absolutePath(object.file, options.directory) }
    if (object.file !== '') {
      throw new Error(`${kind} ${name}: ${kind}.driver and ${kind}.file conflict; only use ${kind}.driver`)
    }
    return object
  }
  return loadSection(file, `${kind}s`, { kind: kinds.swarmFile, complete, keepsExtensions: () => true })
}
