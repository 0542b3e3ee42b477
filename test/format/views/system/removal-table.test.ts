import { describe, expect, test } from 'vitest'
import type { PruneCandidate } from '../../../../src/domain/system/prune.ts'
import { formatRemovals } from '../../../../src/format/views/system/removal-table.ts'

const container = (name: string): PruneCandidate => ({ kind: 'container', name, detail: 'busybox, Created' })

describe('formatRemovals', () => {
  test('says so if there is nothing to remove', () => {
    expect(formatRemovals([], 80, 0)).toBe('There is nothing to remove.\n\n')
  })

  test('has a column for sizes only if one is known', () => {
    expect(formatRemovals([container('a')], 80, 0)).not.toContain('SIZE')
    const image: PruneCandidate = { kind: 'image', name: '<none>', detail: 'abc', size: 1_500_000 }
    expect(formatRemovals([container('a'), image], 80, 0)).toMatch(/│ image +│ <none> │ abc +│ 1.5MB │/)
  })

  test('truncates a long list and prints the number of omitted rows', () => {
    const table = formatRemovals(
      Array.from({ length: 40 }, (_, at) => container(`c${at}`)),
      80,
      0,
    )
    expect(table).toContain('│ c14 ')
    expect(table).not.toContain('│ c15 ')
    expect(table).toMatch(/\n… and 25 more\n\n$/)
  })

  test('prints no line wider than the terminal', () => {
    const lines = formatRemovals([container('a name '.repeat(30))], 60, 0).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  })
})
