import { describe, expect, test } from 'vitest'
import type { PruneCandidate } from '../../../../src/domain/system/prune.ts'
import { formatRemovals } from '../../../../src/format/views/system/removal-table.ts'

const container = (name: string): PruneCandidate => ({ kind: 'container', id: '1f', name, detail: 'busybox, Created' })

const terminal = { width: 80, colorLevel: 0 } as const

describe('formatRemovals', () => {
  test('says so if there is nothing to remove', () => {
    expect(formatRemovals([], '', terminal)).toBe('There is nothing to remove.\n\n')
  })

  test('names an engine that is not the default one', () => {
    expect(formatRemovals([], 'context prod, ssh://h', terminal)).toMatch(/remove on context prod, ssh:\/\/h\.\n/)
    expect(formatRemovals([container('a')], 'ssh://\u001b[31m', terminal)).toMatch(/^This would go on ssh:\/\/\\x1b/)
  })

  test('has a column for sizes only if one is known', () => {
    expect(formatRemovals([container('a')], '', terminal)).not.toContain('SIZE')
    const image: PruneCandidate = { kind: 'image', id: 'abc', name: '<none>', detail: 'abc', size: 1_500_000 }
    expect(formatRemovals([container('a'), image], '', terminal)).toMatch(/│ image +│ <none> │ abc +│ 1.5MB │/)
  })

  test('truncates a long list and prints the number of omitted rows', () => {
    const table = formatRemovals(
      Array.from({ length: 40 }, (_, at) => container(`c${at}`)),
      '',
      terminal,
    )
    expect(table).toContain('│ c14 ')
    expect(table).not.toContain('│ c15 ')
    expect(table).toMatch(/\n… and 25 more\n\n$/)
  })

  test('prints no line wider than the terminal', () => {
    const lines = formatRemovals([container('a name '.repeat(30))], '', { width: 60, colorLevel: 0 }).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
  })
})
