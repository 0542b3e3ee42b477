// The process of a container, as its create request had it.
import { splitKeyValue } from '../../key-value.ts'
import type { Healthcheck } from '../create-request.ts'
import { isSame } from './comparison.ts'
import { type ContainerConfig, type ImageConfig, type Origin, shortId } from './inspection.ts'

type Entries<T> = Readonly<Record<string, T>>

/** Returns `Config` without what comes from the image or from the daemon. */
export function processFields({ container, image = {}, daemon }: Origin) {
  const { Config: config = {}, HostConfig: host = {} } = container
  const defaultHostnames = [shortId(container.Id ?? ''), host.NetworkMode === 'host' ? daemon.hostname : '']
  const sharesNetwork = host.NetworkMode?.startsWith('container:') ?? false
  const health = healthcheckFields(config.Healthcheck, image.Healthcheck)
  return {
    ...unknownFields(config, image),
    Hostname: sharesNetwork || defaultHostnames.includes(config.Hostname ?? '') ? '' : (config.Hostname ?? ''),
    Domainname: sharesNetwork ? '' : (config.Domainname ?? ''),
    User: ownText(config.User, image.User),
    AttachStdin: config.AttachStdin ?? false,
    AttachStdout: config.AttachStdout ?? false,
    AttachStderr: config.AttachStderr ?? false,
    ExposedPorts: { ...ownEntries(config.ExposedPorts, image.ExposedPorts), ...emptyObjects(host.PortBindings) },
    Tty: config.Tty ?? false,
    OpenStdin: config.OpenStdin ?? false,
    StdinOnce: config.StdinOnce ?? false,
    Env: ownVariables(config.Env ?? [], image.Env ?? []),
    ...(health === undefined ? {} : { Healthcheck: health }),
    Image: config.Image ?? '',
    Volumes: ownEntries(config.Volumes, image.Volumes),
    WorkingDir: ownText(config.WorkingDir, image.WorkingDir),
    ...commandFields(config, image),
    OnBuild: null,
    Labels: ownEntries(config.Labels, image.Labels),
    ...(ownText(config.StopSignal, image.StopSignal) === '' ? {} : { StopSignal: config.StopSignal ?? '' }),
    ...(config.StopTimeout === undefined ? {} : { StopTimeout: config.StopTimeout }),
  }
}

/** The fields of a container's configuration that are translated one by one, or that only images have. */
const KNOWN = new Set([
  ...['Hostname', 'Domainname', 'User', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'ExposedPorts', 'Tty'],
  ...['OpenStdin', 'StdinOnce', 'Env', 'Healthcheck', 'Image', 'Volumes', 'WorkingDir', 'Cmd', 'Entrypoint'],
  ...['OnBuild', 'Labels', 'StopSignal', 'StopTimeout', 'MacAddress', 'Shell', 'ArgsEscaped'],
])

/** Returns the fields of later API versions, so that none is lost without a word. */
function unknownFields(config: Partial<ContainerConfig>, image: ImageConfig): Record<string, unknown> {
  const ofImage: Entries<unknown> = { ...image }
  return Object.fromEntries(
    Object.entries(config).filter(([name, value]) => !KNOWN.has(name) && !isSame(value, ofImage[name])),
  )
}

/**
 * Returns entrypoint and command as they were sent. A sent entrypoint discards the image's command; without one, a sent
 * command replaces the image's (moby image.Merge).
 */
function commandFields(config: Partial<ContainerConfig>, image: ImageConfig) {
  const entrypoint = config.Entrypoint ?? []
  const command = config.Cmd ?? []
  if (isSame(entrypoint, image.Entrypoint)) {
    if (isSame(command, image.Cmd)) return { Entrypoint: null, Cmd: null }
    if (command.length > 0) return { Entrypoint: null, Cmd: command }
  }
  // An empty string is what removes the entrypoint of the image.
  return { Entrypoint: entrypoint.length === 0 ? [''] : entrypoint, Cmd: command.length > 0 ? command : null }
}

/** Returns the variables that the image does not have, or has with another value. */
function ownVariables(variables: readonly string[], ofImage: readonly string[]): readonly string[] | null {
  const inherited = new Set(ofImage)
  const own = variables.filter((variable) => !inherited.has(variable) || splitKeyValue(variable).value === undefined)
  return own.length > 0 ? own : null
}

/** Returns the entries that the image does not have, or has with another value. */
function ownEntries<T>(own: Entries<T> = {}, ofImage: Entries<T> = {}): Record<string, T> {
  return Object.fromEntries(
    Object.entries(own).filter(([key, value]) => !(Object.hasOwn(ofImage, key) && isSame(value, ofImage[key]))),
  )
}

/** Returns the published ports as exposed ones. */
function emptyObjects(ports: Entries<unknown> = {}): Record<string, object> {
  return Object.fromEntries(Object.keys(ports).map((port): [string, object] => [port, {}]))
}

function ownText(own = '', ofImage = ''): string {
  return own === ofImage ? '' : own
}

/** Returns the fields of a health check that the image does not set to the same value. */
function healthcheckFields(own: Healthcheck | undefined, ofImage: Healthcheck = {}): Healthcheck | undefined {
  if (own === undefined || isSame(own, ofImage)) return undefined
  if (own.Test?.[0] === 'NONE') return { Test: ['NONE'] }
  const inherited: Entries<unknown> = { ...ofImage }
  return Object.fromEntries(Object.entries(own).filter(([name, value]) => !isSame(value, inherited[name])))
}
