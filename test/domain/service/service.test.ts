import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFrame, WholeFrameReader } from '../../../src/domain/container/frames.ts'
import { parseGoFloat32 } from '../../../src/domain/go/float.ts'
import { omitEmpty } from '../../../src/domain/go/omit-empty.ts'
import { parseServiceFile } from '../../../src/domain/service/file.ts'
import { parseServiceLogLine } from '../../../src/domain/service/log.ts'
import { parseServicePorts } from '../../../src/domain/service/port.ts'
import { splitShellWords } from '../../../src/domain/shell-words.ts'

describe('ports of a service', () => {
  const ingress = (TargetPort: number, PublishedPort: number, Protocol = 'tcp') => ({
    ...{ Protocol, TargetPort, PublishedPort, PublishMode: 'ingress' },
  })

  // docker sends the ports of a range in another order each time.
  test.each([
    ['8080-8081:80-81', [ingress(80, 8080), ingress(81, 8081)]],
    ['8080-8082:80', [ingress(80, 8080), ingress(80, 8081), ingress(80, 8082)]],
    ['53-54:53-54/udp', [ingress(53, 53, 'udp'), ingress(54, 54, 'udp')]],
    ['80', [{ Protocol: 'tcp', TargetPort: 80, PublishMode: 'ingress' }]],
  ])('%s', (typed, ports) => {
    expect(parseServicePorts(typed)).toEqual(ports)
  })

  test('the short and the long form say the same', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    fc.assert(
      fc.property(port, port, fc.constantFrom('tcp', 'udp', 'sctp'), (published, target, protocol) => {
        const long = `published=${published},target=${target},protocol=${protocol}`
        expect(parseServicePorts(long)).toEqual(parseServicePorts(`${published}:${target}/${protocol}`))
      }),
    )
  })
})

describe('words of a command', () => {
  test.each([
    ['a b', ['a', 'b']],
    ['"a b" \'c "d"\' e\\ f', ['a b', 'c "d"', 'e f']],
    ['"a\\"b" \'c\\d\'', ['a"b', 'c\\d']],
    ['a#b # c\nd', ['a#b', 'd']],
    ['""', ['']],
    [' \t\r\n', []],
  ])('%j', (typed, words) => {
    expect(splitShellWords(typed)).toEqual(words)
  })

  test.each([
    ['"a', 'EOF found when expecting closing quote'],
    ['a\\', 'EOF found after escape character'],
  ])('%j is refused', (typed, reason) => {
    expect(() => splitShellWords(typed)).toThrow(reason)
  })

  test('quoted words come back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`)
        expect(splitShellWords(quoted.join(' '))).toEqual(words)
      }),
    )
  })
})

describe('ratios', () => {
  test.each([
    ['0.1', 0.1],
    ['.25', 0.25],
    ['1e-3', 0.001],
    ['0x1p-2', 0.25],
    ['-0x.8p1', -1],
    ['16777217', 16_777_216],
  ])('%s', (typed, ratio) => {
    expect(parseGoFloat32(typed)).toBe(ratio)
  })

  test.each(['', 'x', '1,5', '0x1', '.', 'e5'])('%j is refused', (typed) => {
    expect(() => parseGoFloat32(typed)).toThrow('invalid syntax')
  })
})

test('a secret may be another file, of another user', () => {
  expect(parseServiceFile('src=key,target=k,uid=5,gid=6,mode=0400', 'secret')).toEqual({
    source: 'key',
    target: { Name: 'k', UID: '5', GID: '6', Mode: 0o400 },
  })
})

test('what is empty is left out, objects are not', () => {
  expect(omitEmpty({ a: '', b: 0, c: [], d: null, e: undefined, f: false, g: {}, h: 'x', i: -1 })).toEqual({
    ...{ g: {}, h: 'x', i: -1 },
  })
})

describe('frames', () => {
  test('come whole however they are cut', () => {
    const frame = fc.record({ stream: fc.constantFrom('stdout', 'stderr'), bytes: fc.uint8Array({ maxLength: 50 }) })
    fc.assert(
      fc.property(fc.array(frame), fc.integer({ min: 1, max: 20 }), (frames, size) => {
        const sent = Buffer.concat(frames.map(({ stream, bytes }) => encodeFrame(stream, [bytes])))
        const reader = new WholeFrameReader()
        const read = []
        for (let at = 0; at < sent.length; at += size) read.push(...reader.read(sent.subarray(at, at + size)))
        expect(read.map(({ stream, bytes }) => ({ stream, bytes: [...bytes] }))).toEqual(
          frames.map(({ stream, bytes }) => ({ stream, bytes: [...bytes] })),
        )
      }),
    )
  })

  test('a line of a log says where it comes from', () => {
    const of = 'com.docker.swarm.node.id=n,com.docker.swarm.service.id=s,com.docker.swarm.task.id=t'
    const line = parseServiceLogLine(new TextEncoder().encode(`2024 b=c%2Cd,${of},a=x+y hello  there\n`), true)
    expect({ ...line, message: new TextDecoder().decode(line.message) }).toEqual({
      timestamp: '2024',
      origin: { nodeId: 'n', serviceId: 's', taskId: 't', details: ['a=x y', 'b=c,d'] },
      message: 'hello  there\n',
    })
  })
})
