import { parseArgs } from 'node:util'
import { referenceProgram } from '../programs.ts'
import { terminalCases } from './cases.ts'
import { playText, readPlay, writePlay } from './golden.ts'
import { play } from './play.ts'

/**
 * Records what the reference client shows on a terminal.
 *
 *     node test/parity/pty/record.ts             all cases
 *     node test/parity/pty/record.ts --only x    those whose name contains x
 *     node test/parity/pty/record.ts --check     play again and compare, write nothing
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, check: { type: 'boolean' } } })

for (const given of terminalCases.filter(({ name }) => name.includes(values.only))) {
  const played = await play(referenceProgram(), given)
  if (!values.check) await writePlay(given.name, played)
  else if ((await readPlay(given.name)) !== playText(played)) {
    process.stderr.write(`changed: ${given.name}\n${playText(played)}`)
    process.exitCode = 1
  }
}
