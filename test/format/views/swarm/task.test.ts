import { describe, expect, test } from 'vitest'
import { markEarlierTasks, sortTasks, type TaskRow } from '../../../../src/format/views/swarm/task.ts'

const row = (name: string, CreatedAt: string): TaskRow => ({ task: { CreatedAt }, name, node: '' })
const names = (rows: readonly TaskRow[]) => rows.map(({ name }) => name)

test('sorts tasks by name with numbers by value, and then from new to old', () => {
  const rows = [
    row('web.10', '2025-01-02T03:04:05Z'),
    row('web.2', '2025-01-02T03:04:05.1Z'),
    row('web.2', '2025-01-02T03:04:05.100000001Z'),
    row('web.2', '2025-01-02T05:04:05.2+02:00'),
  ]
  expect(sortTasks(rows).map(({ task }) => task.CreatedAt)).toEqual([
    '2025-01-02T05:04:05.2+02:00',
    '2025-01-02T03:04:05.100000001Z',
    '2025-01-02T03:04:05.1Z',
    '2025-01-02T03:04:05Z',
  ])
})

describe('marks earlier tasks in tables', () => {
  const rows = ['a.1', 'a.1', 'a.1', 'b.1'].map((name) => row(name, ''))
  const marked = ['a.1', ' \\_ a.1', ' \\_ a.1', 'b.1']
  test.each([
    ['', false, marked],
    ['table', false, marked],
    ['table {{.Name}}', false, marked],
    ['table {{.Name}}', true, marked],
    ['', true, names(rows)],
    ['table', true, names(rows)],
    ['{{.Name}}', false, names(rows)],
    ['json', false, names(rows)],
    ['raw', false, names(rows)],
  ])('format %j, quiet %s', (format, quiet, expected) => {
    expect(names(markEarlierTasks(rows, format, quiet))).toEqual(expected)
  })
})
