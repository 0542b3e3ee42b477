import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { chooseBuilder, fallBack } from '../../src/builder/builder.ts'
import { createContextStream } from '../../src/builder/classic/context-stream.ts'
import { ExitStatus } from '../../src/domain/errors.ts'
import { BufferedOutput } from '../../src/format/progress/display.ts'
import { TransferDisplay } from '../../src/format/progress/transfer.ts'

const NOW = () => new Date('2026-01-02T03:04:05.678Z')

describe('chooseBuilder', () => {
  const choose = (dockerBuildKit: string, isAliased: boolean, osType: string) =>
    chooseBuilder({ dockerBuildKit, isAliased, fetchOsType: async () => osType })

  test.each([
    '0',
    'false',
    'F',
  ])('DOCKER_BUILDKIT=%s selects the classic builder with a deprecation notice', async (dockerBuildKit) => {
    expect(await choose(dockerBuildKit, false, 'linux')).toEqual({
      kind: 'classic',
      isEnforced: false,
      notice:
        'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n' +
        '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n' +
        '            environment-variable.\n\n',
    })
  })

  test.each([
    ['', false, 'linux', 'buildkit'],
    ['', false, '', 'buildkit'],
    ['1', false, 'linux', 'buildkit'],
    ['1', false, 'windows', 'buildkit'],
    ['', true, 'windows', 'buildkit'],
    ['', false, 'windows', 'classic'],
    ['0', true, 'linux', 'classic'],
    ['0', false, 'windows', 'classic'],
  ])('with DOCKER_BUILDKIT=%j, alias %j, daemon %j it is %s', async (dockerBuildKit, isAliased, osType, kind) => {
    expect((await choose(dockerBuildKit, isAliased, osType)).kind).toBe(kind)
  })

  test('refuses a DOCKER_BUILDKIT that is not a boolean before any request', async () => {
    const choice = chooseBuilder({ dockerBuildKit: 'x', isAliased: false, fetchOsType: () => expect.unreachable() })
    await expect(choice).rejects.toThrow(
      new ExitStatus(
        1,
        'DOCKER_BUILDKIT environment variable expects boolean value: strconv.ParseBool: parsing "x": invalid syntax',
      ),
    )
  })

  test('uses the classic builder without BuildKit, unless BuildKit is requested', async () => {
    const builder = await choose('', false, 'linux')
    expect(fallBack(builder, new Set(['tag']), ['ssh', 'secret'])).toBe(
      'The daemon has no BuildKit; its own builder is used.\n',
    )
    expect(() => fallBack(builder, new Set(['secret', 'tag']), ['ssh', 'secret'])).toThrow(/^ERROR: --secret needs/)
    const enforced = await choose('1', false, 'linux')
    expect(() => fallBack(enforced, new Set(), [])).toThrow('ERROR: BuildKit is enabled, but the daemon has none.')
  })
})

describe('the line with the size of the context', () => {
  function display(isTerminal: boolean, now = NOW) {
    const out = new BufferedOutput()
    const write = (text: string) => out.write(text)
    return { out, display: new TransferDisplay({ isTerminal, columns: 120, write }, 'Sending', now, undefined) }
  }

  async function* pieces(count: number) {
    for (let n = 0; n < count; n++) yield Buffer.alloc(300_000)
  }

  test('is printed once at the end off terminals', async () => {
    const { out, display: buildDisplay } = display(false)
    await Array.fromAsync(buildDisplay.watch(pieces(4)))
    expect(out.text).toBe('Sending    1.2MB\r\r\n')
  })

  test('is redrawn on terminals after half a megabyte and a tenth of a second', async () => {
    let time = 0
    const clock = () => {
      time += 60
      return new Date(time)
    }
    const { out, display: buildDisplay } = display(true, clock)
    await Array.fromAsync(buildDisplay.watch(pieces(8)))
    expect(out.text).toBe(
      'Sending    600kB\rSending    1.2MB\rSending    1.8MB\rSending    2.4MB\rSending    2.4MB\r\r\n',
    )
  })

  test('has no newline where docker prints none', async () => {
    const { out, display: buildDisplay } = display(false)
    await Array.fromAsync(buildDisplay.watch(pieces(1), false))
    expect(out.text).toBe('')
  })
})

describe('the stream of a context', () => {
  const source = (archive: AsyncIterable<Buffer>) => ({ dockerfile: '', archive, isForwarded: false, close() {} })
  const options = () => ({
    display: new TransferDisplay(new BufferedOutput(), 'Sending', NOW),
    isTerminal: false,
  })

  test('is compressed with --compress', async () => {
    async function* archive() {
      yield Buffer.from('archive')
    }
    const plain = await buffer(createContextStream(source(archive()), { ...options(), isCompressed: false }))
    expect(plain.toString()).toBe('archive')
    const zipped = await buffer(createContextStream(source(archive()), { ...options(), isCompressed: true }))
    expect(gunzipSync(zipped).toString()).toBe('archive')
  })

  test.each([true, false])('ends with the error of its source (compressed: %s)', async (isCompressed) => {
    async function* archive(): AsyncGenerator<Buffer> {
      yield Buffer.from('archive')
      throw new Error('the file got shorter')
    }
    const stream = createContextStream(source(archive()), { ...options(), isCompressed })
    await expect(buffer(stream)).rejects.toThrow('the file got shorter')
  })
})
