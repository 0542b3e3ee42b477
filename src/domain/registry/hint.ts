import { DOCKER_HUB } from './registry.ts'

/** Patterns of the daemon's messages about a registry, and the hint for each. The first match is used. */
const ADVICE: readonly (readonly [RegExp, (registry: string) => string])[] = [
  [
    /unauthorized|authentication required|no basic auth credentials|\bdenied\b|\b40[13]\b/i,
    (registry) =>
      `${displayName(registry)} wants to know who you are, or you may not: log in with '${loginCommand(registry)}'`,
  ],
  [
    /toomanyrequests|too many requests|\b429\b/i,
    (registry) =>
      `${displayName(registry)} has had enough requests: try again later, or log in with '${loginCommand(registry)}'`,
  ],
  [
    /x509: certificate signed by unknown authority|failed to verify certificate: x509: certificate signed by unknown/i,
    (registry) =>
      `the engine does not know who signed the certificate of ${registry}: put the authority's into /etc/docker/certs.d/${registry}/ca.crt on its machine`,
  ],
  [/x509: /i, (registry) => `the engine refuses the certificate of ${registry}: it must be renewed there`],
  [
    /connection refused|no such host|i\/o timeout|no route to host|network is unreachable|context deadline exceeded/i,
    (registry) => `the engine cannot reach ${displayName(registry)}: is the name right, and is it running?`,
  ],
  [
    /\b5\d\d\b|unexpected HTTP status|EOF|connection reset|broken pipe|closed network connection|short copy/i,
    (registry) => `${displayName(registry)} failed; what is there already is not sent again, so try again`,
  ],
]

/**
 * Returns a hint for a failed request to a registry; empty if there is none.
 * @param registry the domain of the reference
 * @param reason the daemon's message
 */
export function registryHint(registry: string, reason: string): string {
  return ADVICE.find(([pattern]) => pattern.test(reason))?.[1](registry) ?? ''
}

function displayName(registry: string): string {
  return registry === DOCKER_HUB ? 'Docker Hub' : registry
}

function loginCommand(registry: string): string {
  return registry === DOCKER_HUB ? 'tug login' : `tug login ${registry}`
}
