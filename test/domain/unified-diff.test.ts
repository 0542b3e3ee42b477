import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unifiedDiff } from '../../src/domain/unified-diff.ts'

const NAMES = { before: 'a', after: 'b' }

test.each([
  ['', ''],
  ['1 2 3', '1 2 3'],
  ['1 2 3', '1 3'],
  ['', '1'],
  ['1', ''],
  ['1 2 3 4 5 6 7 8 9 10 11 12', '1 x 3 4 5 6 7 8 9 10 11 y'],
  ['1 2 3 4 5 6 7 8', '0 1 2 3 4 5 6 7 8 9'],
])('prints the hunks of diff -u for %j and %j', (before, after) => {
  const [one, other] = [before, after].map((text) => text.split(' ').filter(Boolean))
  expect(unifiedDiff(one ?? [], other ?? [], NAMES).slice(2)).toEqual(systemDiff(one ?? [], other ?? []))
})

test('turns the one text into the other, for any two', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const hunks = unifiedDiff(before, after, NAMES).slice(2)
      expect(patch(before, hunks)).toEqual(after)
    }),
  )
})

function systemDiff(before: readonly string[], after: readonly string[]): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'tug-diff-'))
  try {
    const paths = [before, after].map((lines, index) => {
      const path = join(directory, String(index))
      writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
      return path
    })
    const command = 'diff -u "$1" "$2" | tail -n +3'
    const output = execFileSync('sh', ['-c', command, 'sh', ...paths], { encoding: 'utf8' })
    return output.split('\n').slice(0, -1)
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Applies hunks as `patch` does, by their line numbers. */
function patch(before: readonly string[], hunks: readonly string[]): string[] {
  const result: string[] = []
  let at = 0
  for (const line of hunks) {
    const start = /^@@ -(\d+)(?:,(\d+))? /.exec(line)
    if (start) {
      const first = Number(start[1]) - (start[2] === '0' ? 0 : 1)
      result.push(...before.slice(at, first))
      at = first
    } else if (line.startsWith('+')) result.push(line.slice(1))
    else {
      expect(before[at]).toBe(line.slice(1))
      if (line.startsWith(' ')) result.push(line.slice(1))
      at++
    }
  }
  return [...result, ...before.slice(at)]
}
