import { parseArgs } from 'node:util'
import { referenceProgram, referenceVersion } from '../programs.ts'
import { terminalCases } from './cases.ts'
import { readSession, sessionText, writeSession } from './golden.ts'
import { runSession } from './session.ts'

/** Records the screens of the reference client on a terminal, session by session. */
export async function record(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', default: '' }, check: { type: 'boolean' } },
  })
  referenceVersion()
  for (const terminalCase of terminalCases.filter(({ name }) => name.includes(values.only))) {
    const session = await runSession(referenceProgram(), terminalCase)
    process.stdout.write(`${terminalCase.name}\n`)
    if (!values.check) await writeSession(terminalCase.name, session)
    else if ((await readSession(terminalCase.name)) !== sessionText(session)) {
      process.stderr.write(`changed: ${terminalCase.name}\n${sessionText(session)}`)
      process.exitCode = 1
    }
  }
}
