import { goBool, goInt, goString, type Method, type Value } from './value.ts'

/** The methods of docker's own types whose values are text, by the type's name. */
export const TEXT_METHODS: Readonly<Record<string, ReadonlyMap<string, Method>>> = {
  'nat.Port': table({
    Port: text((port) => port.split('/', 1)[0] ?? ''),
    Proto: text((port) => (port.includes('/') ? port.slice(port.indexOf('/') + 1) : 'tcp') || 'tcp'),
    Int: { parameters: [], call: (port) => goInt(Number.parseInt(textOf(port), 10) || 0) },
  }),
  'digest.Digest': table({
    Algorithm: text((digest) => digest.slice(0, digest.indexOf(':'))),
    Encoded: text((digest) => digest.slice(digest.indexOf(':') + 1)),
    Hex: text((digest) => digest.slice(digest.indexOf(':') + 1)),
    String: text((digest) => digest),
  }),
  'container.NetworkMode': table({
    IsBridge: is((mode) => mode === 'bridge'),
    IsHost: is((mode) => mode === 'host'),
    IsNone: is((mode) => mode === 'none'),
    IsDefault: is((mode) => mode === 'default'),
    IsPrivate: is((mode) => mode !== 'host' && !isContainer(mode)),
    IsContainer: is(isContainer),
    IsUserDefined: is(isUserDefined),
    ConnectedContainer: text(container),
    UserDefined: text((mode) => (isUserDefined(mode) ? mode : '')),
    NetworkName: text((mode) => (isContainer(mode) ? 'container' : mode)),
  }),
  'container.IpcMode': table({
    IsPrivate: is((mode) => mode === 'private'),
    IsHost: is((mode) => mode === 'host'),
    IsShareable: is((mode) => mode === 'shareable'),
    IsEmpty: is((mode) => mode === ''),
    IsNone: is((mode) => mode === 'none'),
    IsContainer: is(isContainer),
    Container: text(container),
    Valid: is((mode) => ['', 'none', 'private', 'host', 'shareable'].includes(mode) || isContainer(mode)),
  }),
  'container.PidMode': table({
    IsPrivate: is((mode) => mode !== 'host' && !isContainer(mode)),
    IsHost: is((mode) => mode === 'host'),
    IsContainer: is(isContainer),
    Container: text(container),
    Valid: is((mode) => mode === '' || mode === 'host' || container(mode) !== ''),
  }),
  'container.UTSMode': hostOrNot(),
  'container.UsernsMode': hostOrNot(),
  'container.CgroupnsMode': table({
    IsPrivate: is((mode) => mode === 'private'),
    IsHost: is((mode) => mode === 'host'),
    IsEmpty: is((mode) => mode === ''),
    Valid: is((mode) => ['', 'private', 'host'].includes(mode)),
  }),
  'container.CgroupSpec': table({
    IsContainer: is(isContainer),
    Container: text(container),
    Valid: is((spec) => spec === '' || isContainer(spec)),
  }),
  'container.Isolation': table({
    IsDefault: is((isolation) => ['', 'default'].includes(isolation.toLowerCase())),
    IsHyperV: is((isolation) => isolation.toLowerCase() === 'hyperv'),
    IsProcess: is((isolation) => isolation.toLowerCase() === 'process'),
  }),
  'json.Number': table({
    String: text((number) => number),
    Int64: {
      parameters: [],
      call: (number) => {
        const digits = textOf(number)
        if (!/^[+-]?\d+$/.test(digits)) throw new Error(`strconv.ParseInt: parsing "${digits}": invalid syntax`)
        return goInt(BigInt(digits))
      },
    },
  }),
}

function table(methods: Readonly<Record<string, Method>>): ReadonlyMap<string, Method> {
  return new Map(Object.entries(methods))
}

function hostOrNot(): ReadonlyMap<string, Method> {
  return table({
    IsHost: is((mode) => mode === 'host'),
    IsPrivate: is((mode) => mode !== 'host'),
    Valid: is((mode) => mode === '' || mode === 'host'),
  })
}

function text(read: (text: string) => string): Method {
  return { parameters: [], call: (value) => goString(read(textOf(value))) }
}

function is(holds: (text: string) => boolean): Method {
  return { parameters: [], call: (value) => goBool(holds(textOf(value))) }
}

function textOf(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : ''
}

function isContainer(mode: string): boolean {
  return mode.startsWith('container:')
}

function container(mode: string): string {
  return isContainer(mode) ? mode.slice('container:'.length) : ''
}

function isUserDefined(mode: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(mode) && !isContainer(mode)
}
