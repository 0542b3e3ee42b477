import { expect, test } from 'vitest'
import { logLine } from '../../../src/format/text/notices.ts'

const NOW = () => new Date('2026-01-02T03:04:05.678Z')

test('what is logged is a record off terminals, and short on them', () => {
  const message = 'Can\'t add file "x" to tar'
  expect(logLine('error', message, { isTerminal: false, now: NOW() })).toBe(
    'time="2026-01-02T03:04:05Z" level=error msg="Can\'t add file \\"x\\" to tar"\n',
  )
  expect(logLine('warning', message, { isTerminal: false, now: NOW(), error: 'why' })).toBe(
    'time="2026-01-02T03:04:05Z" level=warning msg="Can\'t add file \\"x\\" to tar" error=why\n',
  )
  expect(logLine('error', message, { isTerminal: true, now: NOW() })).toBe(`ERRO[0000] ${message}\n`)
})
