import { expect, test } from 'vitest'
import { addFilter, type Filters } from '../../../src/domain/filter.ts'
import type { ImageSummary } from '../../../src/domain/image/image.ts'
import { listFilteredImages } from '../../../src/engine/api/image-filters.ts'
import type { ListImages } from '../../../src/engine/api/list-requests.ts'

const DIGEST = 'busybox@sha256:0123'
const IMAGES: readonly ImageSummary[] = [
  { Id: '1', RepoTags: ['busybox:latest', 'team/app:1'], RepoDigests: [DIGEST] },
  { Id: '2', RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] },
  { Id: '3', RepoTags: [], RepoDigests: ['other@sha256:4567'] },
]

/** Lists by exact tags, as daemons do for a filter `reference` without stars. */
async function list({ filters: { reference } }: ListImages): Promise<ImageSummary[]> {
  if (reference === undefined) return [...IMAGES]
  return IMAGES.map((image) => ({
    ...image,
    RepoTags: (image.RepoTags ?? []).filter((tag) => reference[tag]),
    RepoDigests: (image.RepoDigests ?? []).filter((digest) => reference[digest]),
  })).filter(({ RepoTags, RepoDigests }) => RepoTags.length + RepoDigests.length > 0)
}

const namesOf = async (...typed: string[]) => {
  const filters = typed.reduce<Filters>(addFilter, {})
  const images = await listFilteredImages({ all: false, manifests: false, filters }, list)
  return images.map(({ RepoTags, RepoDigests }) => [...(RepoTags ?? []), ...(RepoDigests ?? [])])
}

test('a name pattern keeps the names that match it, or a pattern that the daemon matches', async () => {
  expect(await namesOf('reference=**/app')).toEqual([['team/app:1']])
  expect(await namesOf('reference=**/app', 'reference=busybox:latest')).toEqual([['busybox:latest', 'team/app:1']])
})

test('a negated name takes the name away, and the digest with the last tag of its repository', async () => {
  expect(await namesOf('reference!=busybox:latest')).toEqual([
    ['team/app:1'],
    ['<none>:<none>', '<none>@<none>'],
    ['other@sha256:4567'],
  ])
  expect(await namesOf('reference!=team/app:1')).toEqual([
    ['busybox:latest', DIGEST],
    ['<none>:<none>', '<none>@<none>'],
    ['other@sha256:4567'],
  ])
  expect(await namesOf('reference!=**')).toEqual([['<none>:<none>', '<none>@<none>']])
})
