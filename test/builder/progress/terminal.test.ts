import { describe, expect, test } from 'vitest'
import { TERMINAL_CASES, type TerminalCase } from './cases.ts'
import { settledEnd, withTimesOf } from './compare.ts'
import { readScreens, type Screens } from './golden.ts'
import { Screen } from './screen.ts'
import { showBuild } from './show-build.ts'

const goldens = readScreens()

describe('a build on a terminal looks as it does with buildx', () => {
  test.each(TERMINAL_CASES)('$name', async (terminalCase) => {
    const golden = goldens[terminalCase.name]
    if (!golden) throw new Error('not recorded')
    const ours = await screensOf(terminalCase)
    for (const [index, look] of golden.looks.entries()) {
      expect(withTimesOf(ours.looks[index] ?? [], look), `at ${terminalCase.looks[index]} ms`).toEqual(look)
    }
    const end = settledEnd(golden)
    expect(withTimesOf(ours.end, end)).toEqual(end)
    expect(ours.exitCode).toBe(golden.exitCode)
  })
})

async function screensOf(terminalCase: TerminalCase): Promise<Screens> {
  const { scenario, env, columns, rows, looks, resize, interruptAt } = terminalCase
  let size = { columns, rows }
  const screen = new Screen(columns, rows)
  const seen: string[][] = []
  const moments = looks.map((at) => ({ at, act: async () => void seen.push(await screen.shown()) }))
  const change = resize && {
    at: resize.at,
    act: async () => {
      size = resize
      await screen.resize(resize.columns, resize.rows)
    },
  }
  const write = (output: string | Uint8Array) => screen.write(onTerminal(output))
  // The terminal's own response to Ctrl-C.
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
  return { exitCode, looks: seen, end: await screen.all() }
}

/** A terminal begins a new line at its first column. */
function onTerminal(output: string | Uint8Array): Uint8Array {
  return Buffer.from(Buffer.from(output).toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
}
