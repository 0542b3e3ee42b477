import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Measured {
  /** The wall time of each run in seconds. */
  readonly times: number[]
}

/**
 * Measures whole processes with hyperfine. The commands take turns, a few runs each, so that a slow moment of the
 * machine affects all of them. @param commands argument lists, which hyperfine starts without a shell
 */
export function measure(
  commands: readonly (readonly string[])[],
  options: { runs: number; scratch: string; env: NodeJS.ProcessEnv },
): Measured[] {
  const turn = Math.min(5, options.runs)
  const report = join(options.scratch, 'hyperfine.json')
  const measured = commands.map((): Measured => ({ times: [] }))
  for (let done = 0; done < options.runs; done += turn) {
    const flags = ['--shell=none', '--style=none', `--warmup=${done === 0 ? 3 : 1}`, `--runs=${turn}`]
    // hyperfine warns about outliers, which the median compensates. A command that fails still throws.
    execFileSync('hyperfine', [...flags, `--export-json=${report}`, ...commands.map(commandLine)], {
      env: options.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const { results }: { results: Measured[] } = JSON.parse(readFileSync(report, 'utf8'))
    for (const [index, { times }] of results.entries()) measured[index]?.times.push(...times)
  }
  return measured
}

/** Returns the median time in milliseconds. */
export function medianMs({ times }: Measured): number {
  const sorted = times.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1] ?? Number.NaN
  const high = sorted[Math.floor(middle)] ?? Number.NaN
  return ((low + high) / 2) * 1000
}

function commandLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ')
}
