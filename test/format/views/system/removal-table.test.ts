import { describe, expect, test } from 'vitest'
import type { PruneCandidate } from '../../../../src/domain/system/prune.ts'
import { removalTable } from '../../../../src/format/views/system/removal-table.ts'

const container = (name: string): PruneCandidate => ({ kind: 'container', name, detail: 'busybox, Created' })

describe('removalTable', () => {
  test('nothing to remove is said', () => {
    expect(removalTable([], 80, 0)).toBe('There is nothing to remove.\n\n')
  })

  test('sizes have a column only where there are any', () => {
    expect(removalTable([container('a')], 80, 0)).not.toContain('SIZE')
    const image: PruneCandidate = { kind: 'image', name: '<none>', detail: 'abc', size: 1_500_000 }
    expect(removalTable([container('a'), image], 80, 0)).toMatch(/│ image +│ <none> │ abc +│ 1.5MB │/)
  })

  test('a long list is cut, and how much is left out is said', () => {
    const table = removalTable(
      Array.from({ length: 40 }, (_, at) => container(`c${at}`)),
      80,
      0,
    )
    expect(table).toContain('│ c14 ')
    expect(table).not.toContain('│ c15 ')
    expect(table).toMatch(/\n… and 25 more\n\n$/)
  })

  test('no line is wider than the terminal', () => {
    const lines = removalTable([container('a name '.repeat(30))], 60, 0).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  })
})
