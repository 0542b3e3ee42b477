import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Terminal } from '../../support/terminal.ts'

const ROOT = join(import.meta.dirname, '../../..')

const runtimes = [
  ['Bun', join(ROOT, 'node_modules/.bin/bun'), ['-e']],
  ['Node', process.execPath, ['--input-type=module', '-e']],
] as const

/** Reads stdin ahead until its end has been received, but not yet delivered. */
const READ_AHEAD = `
  import { Writable } from 'node:stream'
  import { setTimeout as sleep } from 'node:timers/promises'
  import { copyInput } from '${join(ROOT, 'src/attach/copy-input.ts')}'
  import { ProcessInput } from '${join(ROOT, 'src/cli/io/streams.ts')}'
  const stdin = new ProcessInput().stream
  const ignore = () => {}
  stdin.on('readable', ignore)
  while (!stdin._readableState.ended) await sleep(5)
  stdin.off('readable', ignore)
  const target = new Writable({
    highWaterMark: 1,
    write(chunk, _, written) {
      process.stdout.write(chunk)
      setImmediate(written)
    },
    final() {
      process.stdout.write(', end')
    },
  })`

describe.each(runtimes)('in %s, a stdin that has ended while it was paused', (_, runtime, args) => {
  test.each([
    [
      'ends when it is resumed',
      `stdin.on('data', (bytes) => target.write(bytes)).on('end', () => target.end()).resume()`,
    ],
    ['ends in a pipe', 'stdin.pipe(target)'],
    ['half-closes a connection', 'copyInput(stdin, target, undefined)'],
  ])('%s', (_, use) => {
    const output = execFileSync(runtime, [...args, `${READ_AHEAD}\n${use}`], { input: 'typed', timeout: 20_000 })
    expect(output.toString()).toBe('typed, end')
  })
})

/** Prints the size of stdout, and whether its Node stream was created. */
const PRINT_SIZE = `
  import { DescriptorOutput, hasDeferredOutput } from '${join(ROOT, 'src/cli/io/streams.ts')}'
  const { columns, rows } = new DescriptorOutput(1).size
  process.getBuiltinModule('node:fs').writeSync(2, [columns, rows, hasDeferredOutput()].join(' '))`

describe.each(runtimes)('in %s, the size of stdout', (name, runtime, args) => {
  test('is that of the terminal', async () => {
    const terminal = Terminal.open(runtime, [...args, PRINT_SIZE], { columns: 91, rows: 17 })
    await terminal.exit()
    // Only Node needs the stream to find out.
    expect(terminal.output.trim()).toBe(`91 17 ${name === 'Node'}`)
  })

  test('is zero without a terminal, and its stream is not created', () => {
    const { stderr } = spawnSync(runtime, [...args, PRINT_SIZE], { encoding: 'utf8', timeout: 20_000 })
    expect(stderr).toBe('0 0 false')
  })
})
