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
import { content } from '../../../../src/builder/buildkit/session/content.ts'

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
  methods = content({
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

/** Calls a method with messages, and returns its response messages in order. */
async function call<Request extends DescMessage, Response extends DescMessage>(
  method: string,
  [request, response]: readonly [Request, Response],
  messages: readonly MessageInitShape<Request>[],
  store: string | undefined = 'local:from',
): Promise<MessageShape<Response>[]> {
  const sent: MessageShape<Response>[] = []
  const serverCall: ServerCall = {
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
  await handler(serverCall)
  return sent
}

const info = (digest: string, store?: string) =>
  call('Info', [InfoRequestSchema, InfoResponseSchema], [{ digest }], store)
const read = (message: MessageInitShape<typeof ReadContentRequestSchema>, store?: string) =>
  call('Read', [ReadContentRequestSchema, ReadContentResponseSchema], [message], store)
const write = (messages: readonly MessageInitShape<typeof WriteContentRequestSchema>[], store = 'local:to') =>
  call('Write', [WriteContentRequestSchema, WriteContentResponseSchema], messages, store)

describe('existing blobs', () => {
  test('have a size and a time', async () => {
    const digest = put('some content')
    const [response] = await info(digest)
    const { mtime } = statSync(join(blobs(), digest.slice(7)))
    expect(response?.info).toMatchObject({ digest, size: 12n })
    expect(response?.info?.createdAt?.seconds).toBe(BigInt(Math.floor(mtime.getTime() / 1000)))
  })

  test('may be empty', async () => {
    const digest = put('')
    expect((await info(digest))[0]?.info?.size).toBe(0n)
    expect(await read({ digest })).toEqual([])
  })

  test('are sent in pieces with their offsets when they are large', async () => {
    const data = randomBytes(2_500_000)
    const pieces = await read({ digest: put(data) })
    expect(pieces.map(({ offset, data: { length } }) => [Number(offset), length])).toEqual([
      [0, 1048576],
      [1048576, 1048576],
      [2097152, 402848],
    ])
    expect(Buffer.concat(pieces.map((piece) => piece.data)).equals(data)).toBe(true)
  })

  test('can be read in part', async () => {
    const data = randomBytes(1000)
    const digest = put(data)
    const part = fc.record({ offset: fc.integer({ min: -5, max: 1000 }), size: fc.integer({ min: -5, max: 2000 }) })
    await fc.assert(
      fc.asyncProperty(part, async ({ offset, size }) => {
        const pieces = await read({ digest, offset: BigInt(offset), size: BigInt(size) })
        const start = Math.max(offset, 0)
        const expected = data.subarray(start, size <= 0 ? undefined : start + size)
        expect(Buffer.concat(pieces.map((piece) => piece.data)).equals(expected)).toBe(true)
      }),
    )
  })
})

describe('the session refuses', () => {
  const NOT_FOUND = { code: 5, message: `rpc error: code = NotFound desc = content ${ABSENT}: not found` }

  test('a blob that does not exist', async () => {
    await expect(info(ABSENT)).rejects.toMatchObject(NOT_FOUND)
    await expect(read({ digest: ABSENT })).rejects.toMatchObject(NOT_FOUND)
    await expect(info(ABSENT, 'local:to')).rejects.toMatchObject(NOT_FOUND)
  })

  test('a blob that is a directory', async () => {
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
  ])('%j, which is not a digest and does not become a path', async (digest) => {
    const refused = { code: 3, message: expect.stringMatching(/^rpc error: code = InvalidArgument desc = ".* failed/) }
    await expect(info(digest)).rejects.toMatchObject(refused)
    await expect(read({ digest })).rejects.toMatchObject(refused)
  })

  test('an offset after the end', async () => {
    const digest = put('four')
    await expect(read({ digest, offset: 5n })).rejects.toMatchObject({ code: 11 })
    expect(await read({ digest, offset: 4n })).toEqual([])
  })

  test('a directory that was not announced', async () => {
    const digest = put('some content')
    await expect(info(digest, 'local:other')).rejects.toMatchObject({ code: 5 })
    await expect(info(digest, 'constructor')).rejects.toMatchObject({ code: 5 })
    await expect(info(digest, '')).rejects.toMatchObject({ code: 3 })
  })

  test('writing to a directory that a cache is only imported from', async () => {
    const failing = write([{ action: 2, ref: 'r', data: Buffer.from('new') }], 'local:from')
    await expect(failing).rejects.toMatchObject({ code: 7 })
    expect(readdirSync(join(directory, 'layout'))).toEqual(['blobs'])
    expect(Object.keys(content({ a: { path: directory, isWritable: false } }))).not.toContain(`${SERVICE}/Write`)
  })
})

describe('a blob', () => {
  const data = Buffer.from('the new blob')
  const expected = digestOf(data)
  const total = BigInt(data.length)
  const cache = () => join(directory, 'new/cache')
  const writtenBlob = () => readFileSync(join(cache(), 'blobs/sha256', expected.slice(7)))
  /** Returns the temporary files that were not removed. */
  const leftovers = () => (statSync(cache(), { throwIfNoEntry: false }) ? readdirSync(join(cache(), 'ingest')) : [])

  test('can be written in one message', async () => {
    const [response] = await write([{ action: 2, ref: 'r', total, expected, data }])
    expect(response).toMatchObject({ action: 2, offset: total, total, digest: expected })
    expect(writtenBlob()).toEqual(data)
    expect(leftovers()).toEqual([])
  })

  test('can be written in pieces, after a status request', async () => {
    const responses = await write([
      { action: 0, ref: 'r', total, expected },
      { action: 1, data: data.subarray(0, 5) },
      { action: 1, offset: 5n, data: data.subarray(5, 6) },
      { action: 2, offset: 6n, data: data.subarray(6) },
    ])
    expect(responses.map(({ offset }) => Number(offset))).toEqual([0, 5, 6, data.length])
    expect(writtenBlob()).toEqual(data)
    expect(leftovers()).toEqual([])
  })

  test('can be restarted from the beginning', async () => {
    await write([
      { action: 1, ref: 'r', data: Buffer.from('wrong') },
      { action: 2, data, expected },
    ])
    expect(writtenBlob()).toEqual(data)
  })

  test.each([
    ['without a name', [{ action: 1, data }], 3],
    ['of another length', [{ action: 2, ref: 'r', total: 5n, data }], 9],
    ['of another digest', [{ action: 2, ref: 'r', expected: ABSENT, data }], 9],
    ['with an invalid digest', [{ action: 2, ref: 'r', expected: 'sha256:../../secret', data }], 9],
    ['with a gap', [{ action: 1, ref: 'r', offset: 3n, data }], 11],
    [
      'that overlaps',
      [
        { action: 1, ref: 'r', data },
        { action: 1, offset: 3n, data },
      ],
      11,
    ],
  ] as const)('%s is refused and leaves nothing behind', async (_name, messages, code) => {
    await expect(write(messages)).rejects.toMatchObject({ code })
    expect(leftovers()).toEqual([])
    expect(
      readdirSync(join(directory, 'new'), { recursive: true })
        .map(String)
        .filter((path) => path.includes('sha256/')),
    ).toEqual([])
  })

  test('that is abandoned leaves nothing behind', async () => {
    await write([{ action: 1, ref: 'r', total, expected, data: data.subarray(0, 5) }])
    expect(leftovers()).toEqual([])
  })

  test('that already exists is refused', async () => {
    await write([{ action: 2, ref: 'r', expected, data }])
    await expect(write([{ action: 0, ref: 'r', expected }])).rejects.toMatchObject({
      code: 6,
      message: `rpc error: code = AlreadyExists desc = content ${expected}: already exists`,
    })
    expect(leftovers()).toEqual([])
  })
})
