import { describe, expect, test, vi } from 'vitest'
import { isReference, nodeProgram, programUnderTest } from './programs.ts'
import type { TerminalCase } from './pty/case.ts'
import { terminalCases } from './pty/cases.ts'
import { playText, readPlay } from './pty/golden.ts'
import { play } from './pty/play.ts'

vi.setConfig({ maxConcurrency: 2 })

const program = programUnderTest()
const node = nodeProgram()
/** Through Node some are played again: its streams and its web client are others. */
const throughNode = ['pull-140', 'pull-resized', 'login-server', 'web-login-enter', 'web-login-interrupted']

describe.concurrent('on a terminal', () => {
  test.each(terminalCases)('$name', (given) => expectPlay(given, program))
})
if (node) {
  describe.concurrent('on a terminal through node', () => {
    const chosen = terminalCases.filter(({ name }) => throughNode.includes(name))
    test.each(chosen)('$name', (given) => expectPlay(given, node))
  })
}

async function expectPlay(given: TerminalCase, tested: readonly string[]): Promise<void> {
  const recorded = await readPlay(given.name)
  if (recorded === '') throw new Error('no recorded screens: node test/parity/pty/record.ts')
  const expected = isReference(tested) ? recorded : asTug(recorded, given)
  expect(playText(await play(tested, given))).toBe(expected)
}

/** docker's screens as tug shows them: its own name, its own advice, and the endings that differ on purpose. */
function asTug(recorded: string, { inOurWords = [], endsOtherwise }: TerminalCase): string {
  const named = recorded.replaceAll("'docker log", "'tug log")
  const worded = inOurWords.reduce((text, [docker, ours]) => text.replaceAll(docker, ours), named)
  const prompted = worded
    // Prompts are inquirer's: they stand one column further right, and tell how a password may be seen.
    .replaceAll(/^(Username|Password)( \(\w+\))?:/gm, ' $1$2:')
    .replaceAll(/^ Password:\n(?=────)/gm, ' Password: [input is masked]\nctrl+t toggle visibility\n')
  return endsOtherwise ? prompted.replace(/^exit \d+ signal \d+$/m, endsOtherwise.ending) : prompted
}
