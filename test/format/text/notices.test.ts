import { expect, test } from 'vitest'
import { formatLogLine } from '../../../src/format/text/notices.ts'

const NOW = () => new Date('2026-01-02T03:04:05.678Z')

test('logs a short line on a terminal and a record elsewhere', () => {
  const message = 'Can\'t add file "x" to tar'
  expect(formatLogLine('error', message, { isTerminal: false, now: NOW() })).toBe(
    'time="2026-01-02T03:04:05Z" level=error msg="Can\'t add file \\"x\\" to tar"\n',
  )
  expect(formatLogLine('warning', message, { isTerminal: false, now: NOW(), error: 'why' })).toBe(
    'time="2026-01-02T03:04:05Z" level=warning msg="Can\'t add file \\"x\\" to tar" error=why\n',
  )
  expect(formatLogLine('error', message, { isTerminal: true, now: NOW() })).toBe(`ERRO[0000] ${message}\n`)
})
