import { describe, expect, test } from 'vitest'
import type { ContainerProgram } from '../../../src/actions/container/end-hint.ts'
import { runProgram } from '../../../src/actions/container/run-program.ts'
import { recordingOutput } from '../../support/output.ts'

/** Runs a program that writes and ends, and returns what the terminal and the error show. */
async function ended(output: string, exitCode: number, program: Partial<ContainerProgram> = {}, isTerminal = true) {
  const [out, err] = [recordingOutput(isTerminal), recordingOutput(isTerminal)]
  const input = { isTerminal, stream: process.stdin }
  const all = { hasInput: false, command: async () => ['sh'], interactive: 'run -it busybox', ...program }
  const run = async (stdio: { out: { writeSome(bytes: Uint8Array): number } }) => {
    stdio.out.writeSome(Buffer.from(output))
    return exitCode
  }
  const error = await runProgram(run, all, { in: input, out, err }).catch((thrown: unknown) => thrown)
  return { error, out: out.text, err: err.text }
}

const hint = 'hint: sh ended at once, because its stdin is closed; to type commands, run: tug run -it busybox\n'

describe('a program that has ended', () => {
  test.each([
    ['a shell', ['sh'], hint],
    ['a shell by its path', ['/bin/sh'], hint],
    ['a shell that an entrypoint starts', ['docker-entrypoint.sh', 'sh'], hint],
    ['a shell with a script', ['sh', '-c', 'true'], ''],
    ['another program', ['true'], ''],
  ])('gets a hint without input and output: %s', async (_, command, expected) => {
    expect(await ended('', 0, { command: async () => command })).toEqual({ error: undefined, out: '', err: expected })
  })

  test.each([
    ['has written something', 'x', {}],
    ['could read what was typed', '', { hasInput: true }],
    ['is not known', '', { command: () => Promise.reject(new Error('gone')) }],
  ])('gets no hint if it %s', async (_, output, program) => {
    expect(await ended(output, 0, program)).toEqual({ error: undefined, out: output, err: '' })
  })

  test('gets a hint for what the runtime wrote in its place', async () => {
    const output = 'exec: "bash": executable file not found in $PATH: unknown\r\n'
    expect(await ended(output, 126)).toMatchObject({
      error: { exitCode: 126, message: '', hint: 'the image has no bash: try sh' },
      out: output,
    })
  })

  test('gets no hint after more output than a failed start has', async () => {
    const output = `${'x'.repeat(2000)}\nexec /run.sh: no such file or directory\n`
    expect(await ended(output, 1)).toMatchObject({ error: { exitCode: 1, hint: '' }, out: output })
  })

  test('gets no hint without a terminal', async () => {
    expect(await ended('', 0, {}, false)).toEqual({ error: undefined, out: '', err: '' })
    expect(await ended('exec /x: exec format error', 1, {}, false)).toMatchObject({ error: { exitCode: 1, hint: '' } })
  })
})
