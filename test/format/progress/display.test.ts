import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type JsonMessage, OperationError } from '../../../src/domain/image/json-message.ts'
import { formatProgress } from '../../../src/format/progress/bar.ts'
import { displayMessages, ProgressDisplay } from '../../../src/format/progress/display.ts'

interface Recorded {
  name: string
  messages: JsonMessage[]
  /** stdout in a pipe, and on terminals with 80 and 120 columns. */
  piped: string
  at80: string
  at120: string
  error?: string
}

/** Recorded from `docker load` 28.2.2 with a daemon that sent these messages. */
const recorded: Recorded[] = JSON.parse(readFileSync(new URL('golden/messages.json', import.meta.url), 'utf8'))

const NOW = () => new Date('2026-01-01T00:00:00Z')

async function show(messages: readonly JsonMessage[], columns: number) {
  let written = ''
  let error: unknown
  const write = (text: string) => {
    written += text
  }
  async function* stream() {
    yield* messages
  }
  const display = new ProgressDisplay({ isTerminal: columns > 0, columns, write }, NOW)
  await displayMessages(stream(), display).catch((reason: unknown) => {
    error = reason
  })
  return { written, error }
}

describe('displays messages as docker does', () => {
  test.each(recorded)('$name', async ({ messages, piped, at80, at120, error }) => {
    const outcomes = [await show(messages, 0), await show(messages, 80), await show(messages, 120)]
    expect(outcomes.map(({ written }) => written)).toEqual([piped, at80, at120])
    for (const outcome of outcomes) {
      if (error === undefined) expect(outcome.error).toBeUndefined()
      else expect(outcome.error).toBeInstanceOf(OperationError)
      if (error) expect(outcome.error).toHaveProperty('message', error)
    }
  })
})

test('displays the bar once a resized terminal is wide enough', () => {
  const out = {
    isTerminal: true,
    columns: 80,
    written: '',
    write(text: string) {
      this.written += text
    },
  }
  const display = new ProgressDisplay(out, NOW)
  const message = { id: 'a', status: 'Downloading', progressDetail: { current: 1, total: 2 } }
  display.show(message)
  expect(out.written).not.toContain('=>')
  out.columns = 120
  display.show(message)
  expect(out.written).toContain(`[${'='.repeat(25)}>${' '.repeat(25)}]`)
})

test('throws the exit code of a failed build step', async () => {
  const { error } = await show([{ errorDetail: { code: 3, message: 'it broke' } }], 0)
  expect(error).toMatchObject({ code: 3, message: 'it broke' })
})

test('passes aux data to the callback', async () => {
  const received: unknown[] = []
  async function* stream() {
    yield { aux: { ID: 'sha256:abc' } }
  }
  const display = new ProgressDisplay({ isTerminal: false, columns: 0, write: () => expect.unreachable() }, NOW)
  await displayMessages(stream(), display, (aux) => received.push(aux))
  expect(received).toEqual([{ ID: 'sha256:abc' }])
})

test.each([
  [{ current: 10, total: 100, start: 1000 }, 1010, '1m30s'],
  [{ current: 1, total: 5000, start: 1000 }, 1001, '1h23m19s'],
  [{ current: 50, total: 100, start: 1000 }, 1005, '5s'],
])('estimates the remaining time of %j', (detail, now, left) => {
  expect(formatProgress(detail, 100, now)).toMatch(new RegExp(` ${left}$`))
  expect(formatProgress(detail, 50, now)).not.toMatch(/s$/)
})
