import { PLAIN_CASES, TERMINAL_CASES } from './cases.ts'
import { BuildClient } from './client.ts'
import { readGolden, readScreens, writeGolden, writeScreens } from './golden.ts'

/**
 * Records what the reference client shows of the scripted builds: `node test/builder/progress/record.ts [words of a name]`
 * with docker 28 on PATH, and BUILDX naming buildx 0.29's executable. The builds last as long as their scripts say.
 */

/** What is of no case any more is left out. */
function inOrder<T>(cases: readonly { name: string }[], recorded: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(cases.flatMap(({ name }) => (recorded[name] ? [[name, recorded[name]]] : [])))
}

const { BUILDX } = process.env
if (!BUILDX) throw new Error('BUILDX names no executable')
const docker = new BuildClient(['docker'], BUILDX)
try {
  const words = process.argv.slice(2).join(' ')
  const responses = readGolden('plain')
  for (const plainCase of PLAIN_CASES.filter(({ name }) => name.includes(words))) {
    process.stdout.write(`${plainCase.name}\n`)
    responses[plainCase.name] = await docker.offTerminal(plainCase)
  }
  writeGolden('plain', inOrder(PLAIN_CASES, responses))
  const screens = readScreens()
  for (const terminalCase of TERMINAL_CASES.filter(({ name }) => name.includes(words))) {
    process.stdout.write(`${terminalCase.name}\n`)
    screens[terminalCase.name] = await docker.onTerminal(terminalCase)
  }
  writeScreens(inOrder(TERMINAL_CASES, screens))
} finally {
  docker.close()
}
