/**
 * The methods of docker's own Go types, and what else their declarations do not contain (moby api/types, go-units,
 * go-connections/nat, go-digest).
 */
import {
  type Fields,
  goBool,
  goInt,
  goString,
  type Method,
  type TypeBehavior,
  textOf,
} from '../../../gotemplate/template.ts'

/** The behavior of docker's types, by name. */
export const BEHAVIOR: ReadonlyMap<string, TypeBehavior> = new Map<string, TypeBehavior>([
  [
    'nat.Port',
    methods({
      Port: text((port) => port.split('/', 1)[0] ?? ''),
      Proto: text((port) => (port.includes('/') ? port.slice(port.indexOf('/') + 1) : 'tcp') || 'tcp'),
      Int: { parameters: [], call: (port) => goInt(Number.parseInt(textOf(port), 10) || 0) },
    }),
  ],
  [
    'digest.Digest',
    methods({
      Algorithm: text((digest) => digest.slice(0, digest.indexOf(':'))),
      Encoded: text((digest) => digest.slice(digest.indexOf(':') + 1)),
      Hex: text((digest) => digest.slice(digest.indexOf(':') + 1)),
      String: text((digest) => digest),
    }),
  ],
  [
    'container.NetworkMode',
    methods({
      IsBridge: is((mode) => mode === 'bridge'),
      IsHost: is((mode) => mode === 'host'),
      IsNone: is((mode) => mode === 'none'),
      IsDefault: is((mode) => mode === 'default'),
      IsPrivate: is((mode) => mode !== 'host' && !isContainer(mode)),
      IsContainer: is(isContainer),
      IsUserDefined: is(isUserDefined),
      ConnectedContainer: text(containerName),
      UserDefined: text((mode) => (isUserDefined(mode) ? mode : '')),
      NetworkName: text((mode) => (isContainer(mode) ? 'container' : mode)),
    }),
  ],
  [
    'container.IpcMode',
    methods({
      IsPrivate: is((mode) => mode === 'private'),
      IsHost: is((mode) => mode === 'host'),
      IsShareable: is((mode) => mode === 'shareable'),
      IsEmpty: is((mode) => mode === ''),
      IsNone: is((mode) => mode === 'none'),
      IsContainer: is(isContainer),
      Container: text(containerName),
      Valid: is((mode) => ['', 'none', 'private', 'host', 'shareable'].includes(mode) || isContainer(mode)),
    }),
  ],
  [
    'container.PidMode',
    methods({
      IsPrivate: is((mode) => mode !== 'host' && !isContainer(mode)),
      IsHost: is((mode) => mode === 'host'),
      IsContainer: is(isContainer),
      Container: text(containerName),
      Valid: is((mode) => mode === '' || mode === 'host' || containerName(mode) !== ''),
    }),
  ],
  ['container.UTSMode', hostModeMethods()],
  ['container.UsernsMode', hostModeMethods()],
  [
    'container.CgroupnsMode',
    methods({
      IsPrivate: is((mode) => mode === 'private'),
      IsHost: is((mode) => mode === 'host'),
      IsEmpty: is((mode) => mode === ''),
      Valid: is((mode) => ['', 'private', 'host'].includes(mode)),
    }),
  ],
  [
    'container.CgroupSpec',
    methods({
      IsContainer: is(isContainer),
      Container: text(containerName),
      Valid: is((spec) => spec === '' || isContainer(spec)),
    }),
  ],
  [
    'container.Isolation',
    methods({
      IsDefault: is((isolation) => ['', 'default'].includes(isolation.toLowerCase())),
      IsHyperV: is((isolation) => isolation.toLowerCase() === 'hyperv'),
      IsProcess: is((isolation) => isolation.toLowerCase() === 'process'),
    }),
  ],
  ['fs.FileMode', { formatInteger: formatFileMode }],
  ['swarm.Version', { formatStruct: (fields) => fieldText(fields, 'Index') }],
  [
    'units.Ulimit',
    {
      formatStruct: (fields) =>
        `${fieldText(fields, 'Name')}=${fieldText(fields, 'Soft')}:${fieldText(fields, 'Hard')}`,
    },
  ],
  ['registry.NetIPNet', { parseText: () => new Map() }],
  ['types.PluginInterfaceType', { parseText: parsePluginInterface }],
])

/** Formats the permissions of a file as `ls` does. */
function formatFileMode(mode: bigint): string {
  const bits = Number(mode & 0o777n)
  const letters = [...'rwxrwxrwx'].map((letter, index) => (bits & (1 << (8 - index)) ? letter : '-'))
  return `-${letters.join('')}`
}

/** Parses `PREFIX.CAPABILITY/VERSION`. */
function parsePluginInterface(text: string): Fields {
  const [, Prefix = '', Capability = '', Version = ''] = /^(.*?)\.([^/]*)\/(.*)$/.exec(text) ?? []
  return new Map(Object.entries({ Capability, Prefix, Version }).map(([name, value]) => [name, goString(value)]))
}

/** Returns a field that is a string or an integer, as text. */
function fieldText(fields: Fields, name: string): string {
  const value = fields.get(name)
  return value !== undefined && 'value' in value ? String(value.value) : ''
}

function methods(byName: Readonly<Record<string, Method>>): TypeBehavior {
  return { methods: new Map(Object.entries(byName)) }
}

/** Returns the methods of modes that are either `host` or private. */
function hostModeMethods(): TypeBehavior {
  return methods({
    IsHost: is((mode) => mode === 'host'),
    IsPrivate: is((mode) => mode !== 'host'),
    Valid: is((mode) => mode === '' || mode === 'host'),
  })
}

/** Creates a method that returns a string computed from the value. */
function text(read: (text: string) => string): Method {
  return { parameters: [], call: (value) => goString(read(textOf(value))) }
}

/** Creates a method that returns whether the value meets a condition. */
function is(test: (text: string) => boolean): Method {
  return { parameters: [], call: (value) => goBool(test(textOf(value))) }
}

function isContainer(mode: string): boolean {
  return mode.startsWith('container:')
}

/** Returns NAME of `container:NAME`; empty for other modes. */
function containerName(mode: string): string {
  return isContainer(mode) ? mode.slice('container:'.length) : ''
}

function isUserDefined(mode: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(mode) && !isContainer(mode)
}
