import { describe, expect, test, vi } from 'vitest'
import { isReference, nodeProgram, programUnderTest } from './programs.ts'
import type { TerminalCase } from './pty/case.ts'
import { terminalCases } from './pty/cases.ts'
import { readSession, sessionText } from './pty/golden.ts'
import { runSession } from './pty/session.ts'

vi.setConfig({ maxConcurrency: 2 })

const program = programUnderTest()
const node = nodeProgram()
/** Sessions that are repeated through Node, whose streams and HTTP client are different ones. */
const throughNode = [
  'pull-140',
  'pull-resized',
  'login-server',
  'login-typed-ahead',
  'login-edited',
  'login-interrupted',
  'web-login-enter',
  'web-login-interrupted',
]

describe.concurrent('on a terminal', () => {
  test.each(terminalCases)('$name', (terminalCase) => expectSession(terminalCase, program))
})
if (node) {
  describe.concurrent('on a terminal, with Node', () => {
    const chosen = terminalCases.filter(({ name }) => throughNode.includes(name))
    test.each(chosen)('$name', (terminalCase) => expectSession(terminalCase, node))
  })
}

async function expectSession(terminalCase: TerminalCase, tested: readonly string[]): Promise<void> {
  const recorded = await readSession(terminalCase.name)
  if (recorded === '') throw new Error('no recorded screens: npm run record -- terminal')
  const expected = isReference(tested) ? recorded : asTug(recorded, terminalCase)
  expect(sessionText(await runSession(tested, terminalCase))).toBe(expected)
}

/** Changes docker's screens into those that tug shows: its name, its hints, and exit codes that differ on purpose. */
function asTug(recorded: string, { rewordings = [], ownEnding }: TerminalCase): string {
  const renamed = recorded.replaceAll("'docker log", "'tug log")
  const reworded = rewordings.reduce((text, [docker, ours]) => text.replaceAll(docker, ours), renamed)
  return ownEnding ? reworded.replace(/^exit \d+ signal \d+$/m, ownEnding.ending) : reworded
}
