import { referenceBuildPlugin, referenceProgram, referenceVersion } from '../../parity/programs.ts'
import { PLAIN_CASES, TERMINAL_CASES } from './cases.ts'
import { BuildClient } from './client.ts'
import { readGolden, readScreens, writeGolden, writeScreens } from './golden.ts'

/**
 * Records how the reference client shows the scripted builds. The builds take as long as their scripts say.
 * @param words part of a case's name, to record only matching cases
 */
export async function record(words: readonly string[]): Promise<void> {
  const part = words.join(' ')
  referenceVersion()
  const docker = new BuildClient(referenceProgram(), referenceBuildPlugin())
  try {
    const responses = readGolden('plain')
    for (const plainCase of PLAIN_CASES.filter(({ name }) => name.includes(part))) {
      process.stdout.write(`${plainCase.name}\n`)
      responses[plainCase.name] = await docker.offTerminal(plainCase)
    }
    writeGolden('plain', inOrder(PLAIN_CASES, responses))
    const screens = readScreens()
    for (const terminalCase of TERMINAL_CASES.filter(({ name }) => name.includes(part))) {
      process.stdout.write(`${terminalCase.name}\n`)
      screens[terminalCase.name] = await docker.onTerminal(terminalCase)
    }
    writeScreens(inOrder(TERMINAL_CASES, screens))
  } finally {
    docker.close()
  }
}

/** Returns the recorded values in the order of the cases, without those of cases that no longer exist. */
function inOrder<T>(cases: readonly { name: string }[], recorded: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(cases.flatMap(({ name }) => (recorded[name] ? [[name, recorded[name]]] : [])))
}
