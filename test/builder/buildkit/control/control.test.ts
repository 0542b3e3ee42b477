import { create, toBinary } from '@bufbuild/protobuf'
import { describe, expect, test } from 'vitest'
import { toSolveError } from '../../../../src/builder/buildkit/control/solve-error.ts'
import { toBuildStatus } from '../../../../src/builder/buildkit/control/status.ts'
import { StatusSchema } from '../../../../src/builder/buildkit/gen/google/rpc/status_pb.ts'
import { StatusResponseSchema } from '../../../../src/builder/buildkit/gen/moby/control_pb.ts'
import { GrpcError } from '../../../../src/builder/buildkit/grpc/status.ts'

describe('toBuildStatus', () => {
  test('keeps nanoseconds and omits missing times', () => {
    const { vertexes, statuses } = toBuildStatus(
      create(StatusResponseSchema, {
        vertexes: [
          { digest: 'sha256:a', started: { seconds: 1_700_000_000n, nanos: 123_456_789 } },
          { digest: 'sha256:b', started: { seconds: -62_135_596_800n } },
        ],
        statuses: [{ ID: 'id', current: 5_000_000_000n, total: 6_000_000_000n }],
      }),
    )
    expect(vertexes[0]?.started).toBe(1_700_000_000_123_456_789n)
    expect(vertexes[1]).not.toHaveProperty('started')
    expect(statuses).toEqual([{ id: 'id', vertex: '', name: '', current: 5e9, total: 6e9 }])
  })
})

describe('toSolveError', () => {
  /** Encodes error details as Engine 26.1 sends them. */
  const details = (...parts: [type: string, value: unknown][]) =>
    toBinary(
      StatusSchema,
      create(StatusSchema, {
        code: 2,
        details: parts.map(([type, value]) => ({
          typeUrl: `github.com/moby/buildkit/${type}`,
          value: Buffer.from(JSON.stringify(value)),
        })),
      }),
    )

  test('names the failed step and its lines in the Dockerfile', () => {
    const source = {
      info: { filename: 'Dockerfile', data: Buffer.from('FROM x\n').toString('base64'), language: 'Dockerfile' },
      ranges: [{ start: { line: 2 }, end: { line: 3, character: 4 } }],
    }
    const error = toSolveError(
      new GrpcError(
        2,
        'it failed',
        details(
          ['stack.Stack+json', {}],
          ['errdefs.Source+json', source],
          ['errdefs.Vertex+json', { digest: 'sha256:v' }],
        ),
      ),
    )
    expect(error.message).toBe('failed to solve: it failed')
    expect(error.vertex).toBe('sha256:v')
    expect(error.sources).toEqual([
      {
        file: { filename: 'Dockerfile', data: Buffer.from('FROM x\n'), language: 'Dockerfile' },
        ranges: [{ start: { line: 2, character: 0 }, end: { line: 3, character: 4 } }],
      },
    ])
  })

  test.each([
    [1, 'context canceled', 'failed to solve: Canceled: context canceled'],
    [8, 'no space', 'failed to solve: ResourceExhausted: no space'],
    [2, 'anything', 'failed to solve: anything'],
    [99, 'anything', 'failed to solve: anything'],
  ])('formats an error with the status code %i', (code, message, expected) => {
    expect(toSolveError(new GrpcError(code, message))).toMatchObject({ code, message: expected })
  })

  test('ignores details that cannot be decoded', () => {
    expect(toSolveError(new GrpcError(2, 'why', Buffer.from('nonsense'))).message).toBe('failed to solve: why')
    const broken = details(['errdefs.Source+json', null], ['errdefs.Vertex', 7])
    expect(toSolveError(new GrpcError(2, 'why', broken))).toMatchObject({ message: 'failed to solve: why', vertex: '' })
  })
})
