import { ago } from '../../../support/fake-replies.ts'
import { YEAR_2100 } from '../container/containers.ts'

/** Images as `GET /images/json` lists them; their times are those of the containers. */
export function image(overrides: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    Id: 'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1',
    ParentId: '',
    RepoTags: ['nginx:1.27'],
    RepoDigests: [digestOf('nginx', 1)],
    Created: YEAR_2100,
    Size: 192_000_000,
    SharedSize: -1,
    Labels: null,
    Containers: -1,
    ...overrides,
  }
}

function sha(number: number): string {
  return `sha256:${(number * 7919).toString(16).padStart(8, 'a').repeat(8)}`
}

function digestOf(repository: string, number: number): string {
  return `${repository}@${sha(number)}`
}

/**
 * Images that are tagged, dangling, with a digest only, with many tags, from registries with ports, and of sizes in
 * every unit. Each has one repository, because docker prints several in random order.
 */
export const manyImages = [
  image(),
  image({
    Id: sha(2),
    RepoTags: ['alpine:3.20', 'alpine:latest', 'alpine:3'],
    RepoDigests: [digestOf('alpine', 2)],
    Size: 7_797_760,
  }),
  image({ Id: sha(3), RepoTags: [], RepoDigests: [], Size: 0 }),
  image({ Id: sha(4), RepoTags: null, RepoDigests: null, Size: 999 }),
  image({ Id: sha(5), RepoTags: [], RepoDigests: [digestOf('postgres', 5)], Size: 1000 }),
  image({
    Id: sha(6),
    RepoTags: ['redis:7'],
    RepoDigests: [],
    Size: 1_234_567_890,
    SharedSize: 1_000_000,
    Containers: 3,
  }),
  image({
    Id: sha(7),
    RepoTags: ['a:1'],
    RepoDigests: [digestOf('a', 7), digestOf('a', 9)],
    Size: 99_950,
  }),
  image({ Id: sha(8), RepoTags: ['<none>:<none>'], RepoDigests: [digestOf('old', 8)], Size: 999_499 }),
  image({ Id: sha(9), RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'], Size: 999_500 }),
  image({
    Id: sha(10),
    RepoTags: ['ghcr.io/acme/tool:v1', 'ghcr.io/acme/tool:v2'],
    RepoDigests: [digestOf('ghcr.io/acme/tool', 1), digestOf('ghcr.io/acme/tool', 2)],
    Size: 5e12,
  }),
  image({ Id: sha(11), RepoTags: ['localhost/x:y'], RepoDigests: null, Size: 10_049_999, Labels: { a: 'b', c: '' } }),
  image({
    Id: sha(12),
    RepoTags: ['nginx:1.27-a-very-long-tag-name-that-goes-on-and-on-and-on'],
    RepoDigests: [],
    Size: 1_500_000_000_000_000,
  }),
]

/** Images of different ages. */
export const agedImages = (
  [
    [0.5, 'm'],
    [30.5, 'm'],
    [5.5, 'h'],
    [3.5, 'd'],
    [5.5, 'w'],
    [200, 'd'],
    [900, 'd'],
  ] as const
).map(([amount, unit], number) =>
  image({ Id: sha(number + 40), RepoTags: [`aged:${number}`], Created: ago(amount, unit) }),
)

const manifest = (number: number, os: string, architecture: string, extra: object = {}) => ({
  ID: sha(number),
  Descriptor: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: sha(number), size: 500 },
  Available: number % 3 !== 0,
  Kind: 'image',
  Size: { Content: number * 1_000_000, Total: number * 3_000_000 },
  ImageData: {
    Platform: { os, architecture, ...extra },
    Containers: number % 2 === 0 ? ['c0ffee'] : [],
    Size: { Unpacked: number * 2_000_000 },
  },
})

const attestation = (number: number, of: number) => ({
  ID: sha(number),
  Descriptor: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: sha(number), size: 500 },
  Available: true,
  Kind: 'attestation',
  Size: { Content: 10, Total: 10 },
  AttestationData: { For: sha(of) },
})

/**
 * Images for `images --tree`: with several platforms, an attestation, only one platform, without a name, and without
 * manifests.
 */
export const multiPlatformImages = [
  image({
    Manifests: [
      manifest(1, 'linux', 'amd64'),
      manifest(2, 'linux', 'arm64', { variant: 'v8' }),
      manifest(3, 'windows', 'amd64'),
      attestation(4, 1),
    ],
    Containers: 1,
  }),
  image({ Id: sha(2), RepoTags: ['alpine:3.20', 'alpine:latest'], Manifests: [manifest(5, 'linux', 'amd64')] }),
  image({
    Id: sha(3),
    RepoTags: [],
    Manifests: [manifest(7, 'linux', 'arm', { variant: 'v7' })],
    Created: 1_000_000_000,
  }),
  image({ Id: sha(6), RepoTags: ['plain:1'], Size: 1234 }),
]
