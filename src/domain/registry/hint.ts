import { type Advice, adviceFor } from '../advice.ts'
import { DOCKER_HUB } from './registry.ts'

/** Returns the hints for a registry, by the daemon's messages. */
const adviceAbout = (registry: string): readonly Advice[] => [
  [
    /repository does not exist/i,
    (_, program) =>
      `${displayName(registry)} has no image of that name, or shows it only to some: check the name, or log in with '${loginCommand(registry, program)}'`,
  ],
  [
    /manifest unknown|\bnot found: manifest\b|NAME_UNKNOWN|repository name not known/i,
    () => `${displayName(registry)} has no such image or tag: check both`,
  ],
  [
    /no match(?:ing manifest)? for (?:platform|\S+\/\S+)/i,
    () => 'the image is not made for this platform: use another tag, or name a platform that it has with --platform',
  ],
  [
    /server gave HTTP response to HTTPS client/,
    () =>
      `${displayName(registry)} does not use TLS: to allow that, add it to "insecure-registries" in /etc/docker/daemon.json on the daemon's host`,
  ],
  [
    /requested access to the resource is denied/,
    (_, program) =>
      registry === DOCKER_HUB
        ? `Docker Hub denied access: log in with '${program} login', and push the image under the name of your account: ACCOUNT/IMAGE`
        : `${registry} denied access: log in with '${loginCommand(registry, program)}'`,
  ],
  [
    /unauthorized|authentication required|no basic auth credentials|\bdenied\b|\b40[13]\b/i,
    (_, program) => `${displayName(registry)} denied access: log in with '${loginCommand(registry, program)}'`,
  ],
  [
    /toomanyrequests|too many requests|\b429\b/i,
    (_, program) =>
      `${displayName(registry)} limits the number of requests: try again later, or log in with '${loginCommand(registry, program)}'`,
  ],
  [
    /x509: certificate signed by unknown authority|failed to verify certificate: x509: certificate signed by unknown/i,
    () =>
      `the daemon does not trust the certificate of ${registry}: copy the CA certificate to /etc/docker/certs.d/${registry}/ca.crt on the daemon's host`,
  ],
  [/x509: /i, () => `the daemon rejects the certificate of ${registry}: renew the certificate on the registry`],
  [
    /connection refused|no such host|i\/o timeout|no route to host|network is unreachable|context deadline exceeded/i,
    () =>
      registry === DOCKER_HUB
        ? "the daemon cannot reach Docker Hub: check the daemon's network, DNS and proxy"
        : `the daemon cannot reach ${registry}: check the name, and that the registry is running`,
  ],
  [
    /\b5\d\d\b|unexpected HTTP status|EOF|connection reset|broken pipe|closed network connection|short copy/i,
    () => `${displayName(registry)} failed: try again; layers that were transferred already are skipped`,
  ],
]

/**
 * Returns a hint for a failed request to a registry; empty if there is none.
 * @param registry the domain of the reference
 * @param reason the daemon's message
 * @param program the name that the program was called by
 */
export function registryHint(registry: string, reason: string, program: string): string {
  return adviceFor(adviceAbout(registry), reason, program)
}

function displayName(registry: string): string {
  return registry === DOCKER_HUB ? 'Docker Hub' : registry
}

function loginCommand(registry: string, program: string): string {
  return registry === DOCKER_HUB ? `${program} login` : `${program} login ${registry}`
}
