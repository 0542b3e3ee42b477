import { describe, expect, test } from 'vitest'
import { TERMINAL_CASES, type TerminalCase } from './cases.ts'
import { settledEnd, withTimesOf } from './compare.ts'
import { readScreens, type Screens } from './golden.ts'
import { Screen } from './screen.ts'
import { showBuild } from './show-build.ts'

const goldens = readScreens()

describe('shows a build on a terminal like buildx', () => {
  test.each(TERMINAL_CASES)('$name', async (terminalCase) => {
    const golden = goldens[terminalCase.name]
    if (!golden) throw new Error('not recorded')
    const ours = await screensOf(terminalCase)
    for (const [index, snapshot] of golden.snapshots.entries()) {
      expect(withTimesOf(ours.snapshots[index] ?? [], snapshot), `at ${terminalCase.snapshots[index]} ms`).toEqual(
        snapshot,
      )
    }
    const end = settledEnd(golden)
    expect(withTimesOf(ours.end, end)).toEqual(end)
    expect(ours.exitCode).toBe(golden.exitCode)
  })
})

async function screensOf(terminalCase: TerminalCase): Promise<Screens> {
  const { scenario, env, columns, rows, snapshots, resize, interruptAt } = terminalCase
  let size = { columns, rows }
  const screen = new Screen(columns, rows)
  const recorded: string[][] = []
  const moments = snapshots.map((at) => ({ at, act: async () => void recorded.push(await screen.visibleRows()) }))
  const change = resize && {
    at: resize.at,
    act: async () => {
      size = resize
      await screen.resize(resize.columns, resize.rows)
    },
  }
  const write = (output: string | Uint8Array) => screen.write(onTerminal(output))
  // The terminal echoes Ctrl-C.
  const echo = interruptAt === undefined ? [] : [{ at: interruptAt, act: () => screen.write('^C') }]
  const exitCode = await showBuild({
    scenario,
    env,
    flags: {},
    write,
    size: () => size,
    moments: [...moments, ...(change ? [change] : []), ...echo],
    ...(interruptAt === undefined ? {} : { interruptAt }),
  })
  return { exitCode, snapshots: recorded, end: await screen.allRows() }
}

/** Adds the carriage return that a terminal adds to every newline. */
function onTerminal(output: string | Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(output).toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
}
