import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ManifestNotFoundError, ManifestStore } from '../../src/config/manifest-store.ts'
import { parseReference, withDefaultTag } from '../../src/domain/image/reference.ts'
import { encodeManifest } from '../../src/format/views/registry/manifest.ts'

const reference = (text: string) => withDefaultTag(parseReference(text))
const list = reference('localhost:5000/a_b/c-d:multi')
const image = reference('localhost:5000/a_b/c-d:1')
const DIRECTORY = 'manifests/localhost-5000_a_b_c-d-multi'

// Written by docker 28.2.2, except that the digests are shorter.
const STORED =
  '{"Ref":"localhost:5000/a_b/c-d:1","Descriptor":{"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
  '"digest":"sha256:7d7f","size":527,"platform":{"architecture":"arm","os":"linux","os.version":"3",' +
  '"os.features":["a","b"],"variant":"v6"}},"Raw":"eyAiYSI6IDEgfQ==",' +
  '"OCIManifest":{"schemaVersion":2,"annotations":{"b":"\\u003cx\\u003e","Raw":"}\\"","n":1.50}}}'

let dir = ''
let store = new ManifestStore(dir)
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tug-manifests-'))
  store = new ManifestStore(dir)
})
afterEach(() => rm(dir, { recursive: true }))

describe('ManifestStore', () => {
  test('reads and writes files in docker’s place and format', async () => {
    store.save(list, image, STORED)
    expect(await readFile(join(dir, DIRECTORY, 'localhost-5000_a_b_c-d-1'), 'utf8')).toBe(STORED)
    const manifest = store.get(list, image)
    expect(manifest).toMatchObject({
      reference: 'localhost:5000/a_b/c-d:1',
      kind: 'oci',
      descriptor: { digest: 'sha256:7d7f', size: 527, platform: { 'os.features': ['a', 'b'], variant: 'v6' } },
      raw: new Uint8Array(Buffer.from('{ "a": 1 }')),
      json: '{"schemaVersion":2,"annotations":{"b":"\\u003cx\\u003e","Raw":"}\\"","n":1.50}}',
    })
    expect(encodeManifest(manifest)).toBe(STORED)
  })

  test('returns a list in the order of its file names', () => {
    for (const tag of ['b', 'B', 'a', '1'])
      store.save(list, reference(`x:${tag}`), STORED.replace('c-d:1', `c-d:${tag}`))
    expect(store.list(list).map(({ reference }) => reference.at(-1))).toEqual(['1', 'B', 'a', 'b'])
  })

  test('reports a missing list or manifest with docker’s message', () => {
    expect(() => store.list(list)).toThrow(new ManifestNotFoundError('localhost:5000/a_b/c-d:multi'))
    store.save(list, image, STORED)
    expect(() => store.get(list, reference('busybox'))).toThrow('No such manifest: docker.io/library/busybox:latest')
    store.remove(list)
    store.remove(list)
    expect(() => store.list(list)).toThrow(ManifestNotFoundError)
  })

  test.each([
    ['junk', /^invalid character 'j' looking for beginning of value$/],
    ['', /^unexpected end of JSON input$/],
    ['{"Ref":"a.example/b:1"}', /^a\.example\/b:1 has no payload$/],
  ])('refuses a file with %j', async (text, expected) => {
    store.save(list, image, STORED)
    await writeFile(join(dir, DIRECTORY, 'localhost-5000_a_b_c-d-1'), text)
    expect(() => store.get(list, image)).toThrow(expected)
    expect(() => store.list(list)).toThrow(expected)
  })
})
