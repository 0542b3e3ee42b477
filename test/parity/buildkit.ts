import type { FakeBuildKit } from '../support/buildkit-daemon.ts'
import type { FakeDaemon } from '../support/fake-daemon.ts'
import type { WireRequest } from '../support/fake-recording.ts'
import type { Replies } from '../support/fake-replies.ts'

/** Responses to requests that BuildKit clients send but that have no effect on the build, so they are not recorded. */
export const dockerOfBuildKit: Replies = {
  'GET /info': {
    json: {
      ID: 'fake',
      Name: 'fake',
      OSType: 'linux',
      Architecture: 'x86_64',
      ServerVersion: '28.2.2',
      Driver: 'overlay2',
      DriverStatus: [['Backing Filesystem', 'extfs']],
      SecurityOptions: [],
    },
  },
  'GET /version': { json: { Version: '28.2.2', ApiVersion: '1.50' } },
}

const UNRECORDED = new Set(Object.keys(dockerOfBuildKit))

/** Returns the relevant requests, then the sessions and solves in the form of requests. */
export function buildKitRecord(daemon: FakeDaemon, buildkit: FakeBuildKit): readonly WireRequest[] {
  const requests = daemon.requests
    .filter(({ method, path }) => !UNRECORDED.has(`${method} ${path}`))
    .map(withoutEmptyBody)
  const sessions = buildkit.sessions.filter(({ methods }) => methods.some((name) => !name.startsWith('/grpc.health')))
  return [
    ...requests,
    ...sessions.map(({ methods }) => ({
      method: 'SESSION',
      path: '/session',
      body: { services: servicesOf(methods) },
    })),
    ...buildkit.cacheRequests.map((body) => ({ method: 'CACHE', path: '/grpc', body })),
    ...buildkit.solves.map((body) => ({
      method: 'SOLVE',
      path: '/grpc',
      body: { ...body, attributes: withoutRandomIds(body.attributes) },
    })),
  ]
}

/**
 * The services of a session that are compared. The daemon uses these whenever they are offered; other services have no
 * effect unless a build uses them.
 */
const COMPARED_SERVICES = ['moby.filesync.v1.FileSend', 'moby.upload.v1.Upload']

function servicesOf(methods: readonly string[]): readonly string[] {
  return COMPARED_SERVICES.filter((service) => methods.some((method) => method.startsWith(`/${service}/`)))
}

/** Removes an empty JSON body: buildx sends `{}` where docker's own client sends nothing. */
function withoutEmptyBody({ body, headers, ...request }: WireRequest): WireRequest {
  if (JSON.stringify(body ?? {}) !== '{}') return { ...request, ...(headers ? { headers } : {}), body }
  const { 'content-type': _, ...others } = headers ?? {}
  return Object.keys(others).length > 0 ? { ...request, headers: others } : request
}

/** Replaces the random names of uploads and OCI layouts. */
function withoutRandomIds(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      value.replace(/^(http:\/\/buildkit-session\/)\w+/, '$1<id>').replace(/^(oci-layout:\/\/)\w+/, '$1<id>'),
    ]),
  )
}
