import { describe, expect, test } from 'vitest'
import { PLAIN_CASES } from './cases.ts'
import { readGolden } from './golden.ts'
import { showBuild } from './shown.ts'

const goldens = readGolden('plain')

describe('a build off terminals is shown as buildx shows it', () => {
  test.each(PLAIN_CASES)('$name', async (plainCase) => {
    const golden = goldens[plainCase.name]
    if (!golden) throw new Error('not recorded')
    const output: Uint8Array[] = []
    const exitCode = await showBuild({ ...plainCase, write: (text) => void output.push(Buffer.from(text)) })
    expect(comparable(Buffer.concat(output).toString('latin1'))).toBe(comparable(golden.stderr))
    expect(exitCode).toBe(golden.exitCode)
  })
})

/** Leaves out what differs from run to run: the time, also of the log, and the order of warnings in the list of them. */
function comparable(text: string): string {
  return sortedWarnings(relativeTimes(text)).replace(/^time="[^"]*"/gm, 'time=""')
}

/** Times of JSON events in microseconds since the first one; before anything begins they are the daemon's own. */
function relativeTimes(text: string): string {
  const first = /"started":"((?!2026-01-02)[^"]*)"/.exec(text)?.[1]
  return text.replace(/(?<=":)"(\d{4}-\d\d-\d\dT[^"]*Z)"/g, (quoted: string, time: string) =>
    time.startsWith('2026-01-02') || first === undefined ? quoted : String((nanos(time) - nanos(first)) / 1000n),
  )
}

/** RFC 3339 in nanoseconds since 1970. */
function nanos(time: string): bigint {
  const fraction = /\.(\d+)Z/.exec(time)?.[1] ?? ''
  return BigInt(Date.parse(time.replace(/\.\d+/, ''))) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

function sortedWarnings(text: string): string {
  const [before, ...warnings] = text.replace(':\n\x1b[0m - ', ':\n\x1b[0m\n - ').split(/^(?= - )/m)
  return [before, ...warnings.sort()].join('')
}
