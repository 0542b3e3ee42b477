const DOCKER_HUB = 'docker.io'

/** What a daemon says of a registry, and what a person can do about it. The first that fits counts. */
const ADVICE: readonly (readonly [RegExp, (registry: string) => string])[] = [
  [
    /unauthorized|authentication required|no basic auth credentials|\bdenied\b|\b40[13]\b/i,
    (registry) => `${named(registry)} wants to know who you are, or you may not: log in with '${loginTo(registry)}'`,
  ],
  [
    /toomanyrequests|too many requests|\b429\b/i,
    (registry) => `${named(registry)} has had enough requests: try again later, or log in with '${loginTo(registry)}'`,
  ],
  [
    /x509: certificate signed by unknown authority|failed to verify certificate: x509: certificate signed by unknown/i,
    (registry) =>
      `the engine does not know who signed the certificate of ${registry}: put the authority's into /etc/docker/certs.d/${registry}/ca.crt on its machine`,
  ],
  [/x509: /i, (registry) => `the engine refuses the certificate of ${registry}: it must be renewed there`],
  [
    /connection refused|no such host|i\/o timeout|no route to host|network is unreachable|context deadline exceeded/i,
    (registry) => `the engine cannot reach ${named(registry)}: is the name right, and is it running?`,
  ],
  [
    /\b5\d\d\b|unexpected HTTP status|EOF|connection reset|broken pipe|closed network connection|short copy/i,
    (registry) => `${named(registry)} failed; what is there already is not sent again, so try again`,
  ],
]

/**
 * A hint for what went wrong with a registry; empty where there is nothing to say.
 * @param registry its host, as references name it
 * @param reason the daemon's words
 */
export function registryHint(registry: string, reason: string): string {
  return ADVICE.find(([pattern]) => pattern.test(reason))?.[1](registry) ?? ''
}

function named(registry: string): string {
  return registry === DOCKER_HUB ? 'Docker Hub' : registry
}

function loginTo(registry: string): string {
  return registry === DOCKER_HUB ? 'tug login' : `tug login ${registry}`
}
