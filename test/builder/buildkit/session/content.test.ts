import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  InfoRequestSchema,
  InfoResponseSchema,
  ReadContentRequestSchema,
  ReadContentResponseSchema,
  WriteContentRequestSchema,
  WriteContentResponseSchema,
} from '../../../../src/builder/buildkit/gen/containerd/content_pb.ts'
import type { Methods, ServerCall } from '../../../../src/builder/buildkit/grpc/server.ts'
import { serveContent } from '../../../../src/builder/buildkit/session/content.ts'

const SERVICE = '/containerd.services.content.v1.Content'
const digestOf = (data: Buffer | string) => `sha256:${createHash('sha256').update(data).digest('hex')}`
const ABSENT = `sha256:${'1'.repeat(64)}`

let directory: string
let methods: Methods
const blobs = () => join(directory, 'layout/blobs/sha256')

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-content-'))
  mkdirSync(blobs(), { recursive: true })
  mkdirSync(join(directory, 'new'))
  writeFileSync(join(directory, 'secret'), 'not to be read')
  methods = serveContent({
    'local:from': { path: join(directory, 'layout'), isWritable: false },
    'local:to': { path: join(directory, 'new/cache'), isWritable: true },
  })
})
afterEach(() => rmSync(directory, { recursive: true }))

function put(data: Buffer | string): string {
  const digest = digestOf(data)
  writeFileSync(join(blobs(), digest.slice('sha256:'.length)), data)
  return digest
}

/** Calls a method with messages and returns its responses, in order. */
async function callMethod<Request extends DescMessage, Response extends DescMessage>(
  method: string,
  [request, response]: readonly [Request, Response],
  messages: readonly MessageInitShape<Request>[],
  store: string | undefined = 'local:from',
): Promise<MessageShape<Response>[]> {
  const sent: MessageShape<Response>[] = []
  const call: ServerCall = {
    metadata: (name) => (name === 'buildkit-attachable-store-id' && store !== '' ? [store] : []),
    metadataNames: [],
    messages: (async function* () {
      for (const message of messages) yield Buffer.from(toBinary(request, create(request, message)))
    })(),
    send: (...parts) => void sent.push(fromBinary(response, Buffer.concat(parts))),
    room: () => undefined,
    signal: new AbortController().signal,
  }
  const handler = methods[`${SERVICE}/${method}`]
  if (!handler) throw new Error(`no method ${method}`)
  await handler(call)
  return sent
}

const info = (digest: string, store?: string) =>
  callMethod('Info', [InfoRequestSchema, InfoResponseSchema], [{ digest }], store)
const read = (message: MessageInitShape<typeof ReadContentRequestSchema>, store?: string) =>
  callMethod('Read', [ReadContentRequestSchema, ReadContentResponseSchema], [message], store)
const write = (messages: readonly MessageInitShape<typeof WriteContentRequestSchema>[], store = 'local:to') =>
  callMethod('Write', [WriteContentRequestSchema, WriteContentResponseSchema], messages, store)

describe('reading a blob', () => {
  test('returns its size and its modification time', async () => {
    const digest = put('some content')
    const [response] = await info(digest)
    const { mtime } = statSync(join(blobs(), digest.slice(7)))
    expect(response?.info).toMatchObject({ digest, size: 12n })
    expect(response?.info?.createdAt?.seconds).toBe(BigInt(Math.floor(mtime.getTime() / 1000)))
  })

  test('returns no chunk for an empty blob', async () => {
    const digest = put('')
    expect((await info(digest))[0]?.info?.size).toBe(0n)
    expect(await read({ digest })).toEqual([])
  })

  test('returns a large blob in chunks with their offsets', async () => {
    const data = randomBytes(2_500_000)
    const chunks = await read({ digest: put(data) })
    expect(chunks.map(({ offset, data: { length } }) => [Number(offset), length])).toEqual([
      [0, 1048576],
      [1048576, 1048576],
      [2097152, 402848],
    ])
    expect(Buffer.concat(chunks.map((chunk) => chunk.data)).equals(data)).toBe(true)
  })

  test('returns any range of it', async () => {
    const data = randomBytes(1000)
    const digest = put(data)
    const range = fc.record({ offset: fc.integer({ min: -5, max: 1000 }), size: fc.integer({ min: -5, max: 2000 }) })
    await fc.assert(
      fc.asyncProperty(range, async ({ offset, size }) => {
        const chunks = await read({ digest, offset: BigInt(offset), size: BigInt(size) })
        const start = Math.max(offset, 0)
        const expected = data.subarray(start, size <= 0 ? undefined : start + size)
        expect(Buffer.concat(chunks.map((chunk) => chunk.data)).equals(expected)).toBe(true)
      }),
    )
  })
})

describe('refuses a call', () => {
  const NOT_FOUND = { code: 5, message: `rpc error: code = NotFound desc = content ${ABSENT}: not found` }

  test('for a blob that does not exist', async () => {
    await expect(info(ABSENT)).rejects.toMatchObject(NOT_FOUND)
    await expect(read({ digest: ABSENT })).rejects.toMatchObject(NOT_FOUND)
    await expect(info(ABSENT, 'local:to')).rejects.toMatchObject(NOT_FOUND)
  })

  test('for a blob that is a directory', async () => {
    mkdirSync(join(blobs(), ABSENT.slice(7)))
    await expect(info(ABSENT)).rejects.toMatchObject(NOT_FOUND)
    await expect(read({ digest: ABSENT })).rejects.toMatchObject(NOT_FOUND)
  })

  test.each([
    'sha256:../../../secret',
    '../../../secret',
    `sha256:${'../'.repeat(21)}a`,
    `../secret:${'1'.repeat(64)}`,
    `sha256:${'1'.repeat(63)}`,
    `sha256:${'1'.repeat(65)}`,
    `sha256:${'A'.repeat(64)}`,
    `sha256:${'1'.repeat(64)}\n`,
    `sha256:${'1'.repeat(64)}/../../../../secret`,
    `sha512:${'1'.repeat(64)}`,
    `md5:${'1'.repeat(32)}`,
    `constructor:${'1'.repeat(64)}`,
    'x',
    '',
  ])('for %j, which is not a digest and is not used as a path', async (digest) => {
    const refusal = { code: 3, message: expect.stringMatching(/^rpc error: code = InvalidArgument desc = ".* failed/) }
    await expect(info(digest)).rejects.toMatchObject(refusal)
    await expect(read({ digest })).rejects.toMatchObject(refusal)
  })

  test('that reads from an offset after the end', async () => {
    const digest = put('four')
    await expect(read({ digest, offset: 5n })).rejects.toMatchObject({ code: 11 })
    expect(await read({ digest, offset: 4n })).toEqual([])
  })

  test('for a store that the build did not announce', async () => {
    const digest = put('some content')
    await expect(info(digest, 'local:other')).rejects.toMatchObject({ code: 5 })
    await expect(info(digest, 'constructor')).rejects.toMatchObject({ code: 5 })
    await expect(info(digest, '')).rejects.toMatchObject({ code: 3 })
  })

  test('that writes to a store from which a cache is only imported', async () => {
    const failing = write([{ action: 2, ref: 'r', data: Buffer.from('new') }], 'local:from')
    await expect(failing).rejects.toMatchObject({ code: 7 })
    expect(readdirSync(join(directory, 'layout'))).toEqual(['blobs'])
    expect(Object.keys(serveContent({ a: { path: directory, isWritable: false } }))).not.toContain(`${SERVICE}/Write`)
  })
})

describe('writing a blob', () => {
  const data = Buffer.from('the new blob')
  const expected = digestOf(data)
  const total = BigInt(data.length)
  const cache = () => join(directory, 'new/cache')
  const readWritten = () => readFileSync(join(cache(), 'blobs/sha256', expected.slice(7)))
  /** Lists the temporary files that were not removed. */
  const listTemporaryFiles = () =>
    statSync(cache(), { throwIfNoEntry: false }) ? readdirSync(join(cache(), 'ingest')) : []

  test('stores it from one message', async () => {
    const [response] = await write([{ action: 2, ref: 'r', total, expected, data }])
    expect(response).toMatchObject({ action: 2, offset: total, total, digest: expected })
    expect(readWritten()).toEqual(data)
    expect(listTemporaryFiles()).toEqual([])
  })

  test('stores it in chunks after a status request', async () => {
    const responses = await write([
      { action: 0, ref: 'r', total, expected },
      { action: 1, data: data.subarray(0, 5) },
      { action: 1, offset: 5n, data: data.subarray(5, 6) },
      { action: 2, offset: 6n, data: data.subarray(6) },
    ])
    expect(responses.map(({ offset }) => Number(offset))).toEqual([0, 5, 6, data.length])
    expect(readWritten()).toEqual(data)
    expect(listTemporaryFiles()).toEqual([])
  })

  test('starts again when the offset is 0', async () => {
    await write([
      { action: 1, ref: 'r', data: Buffer.from('wrong') },
      { action: 2, data, expected },
    ])
    expect(readWritten()).toEqual(data)
  })

  test.each([
    ['without a reference', [{ action: 1, data }], 3],
    ['with a wrong length', [{ action: 2, ref: 'r', total: 5n, data }], 9],
    ['with a wrong digest', [{ action: 2, ref: 'r', expected: ABSENT, data }], 9],
    ['with an invalid digest', [{ action: 2, ref: 'r', expected: 'sha256:../../secret', data }], 9],
    ['with a gap between its chunks', [{ action: 1, ref: 'r', offset: 3n, data }], 11],
    [
      'with overlapping chunks',
      [
        { action: 1, ref: 'r', data },
        { action: 1, offset: 3n, data },
      ],
      11,
    ],
  ] as const)('refuses one %s and leaves no file', async (_name, messages, code) => {
    await expect(write(messages)).rejects.toMatchObject({ code })
    expect(listTemporaryFiles()).toEqual([])
    expect(
      readdirSync(join(directory, 'new'), { recursive: true })
        .map(String)
        .filter((path) => path.includes('sha256/')),
    ).toEqual([])
  })

  test('leaves no file when the call ends before the blob is complete', async () => {
    await write([{ action: 1, ref: 'r', total, expected, data: data.subarray(0, 5) }])
    expect(listTemporaryFiles()).toEqual([])
  })

  test('refuses one that already exists', async () => {
    await write([{ action: 2, ref: 'r', expected, data }])
    await expect(write([{ action: 0, ref: 'r', expected }])).rejects.toMatchObject({
      code: 6,
      message: `rpc error: code = AlreadyExists desc = content ${expected}: already exists`,
    })
    expect(listTemporaryFiles()).toEqual([])
  })
})
