import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { mergeLogs } from '../../../src/actions/container/merge-logs.ts'
import type { LogLine } from '../../../src/domain/container/log-line.ts'

const line = (time: string): LogLine => ({ stream: 'stdout', time, timestamp: time, bytes: new Uint8Array(0) })

/** A log whose batches are times of one letter each, such as `acf`, or milliseconds to wait. */
async function* log(...batches: readonly (string | number)[]): AsyncGenerator<readonly LogLine[]> {
  for (const batch of batches) {
    if (typeof batch === 'number') await pause(batch)
    else yield [...batch].map(line)
  }
}

async function merged(logs: readonly AsyncIterable<readonly LogLine[]>[], patience: number): Promise<string> {
  const lines = (await Array.fromAsync(mergeLogs(logs, patience))).flat()
  return lines.map(({ log, line: { time } }) => `${time}${log}`).join(' ')
}

const FOREVER = Number.POSITIVE_INFINITY

test.each([
  [[['ace'], ['bdf']], 'a0 b1 c0 d1 e0 f1'],
  [[['a', 'c', 'e'], ['bdf']], 'a0 b1 c0 d1 e0 f1'],
  [[['aab'], ['aab']], 'a0 a0 a1 a1 b0 b1'],
  [[[], ['ab'], []], 'a1 b1'],
  [
    [
      ['', 'b', ''],
      ['a', ''],
    ],
    'a1 b0',
  ],
  [[['z'], ['y'], ['x']], 'x2 y1 z0'],
  [[], ''],
])('the logs %o are merged to %s', async (logs, result) => {
  expect(
    await merged(
      logs.map((batches) => log(...batches)),
      FOREVER,
    ),
  ).toBe(result)
})

test('without a limit, a slow log is waited for', async () => {
  expect(await merged([log(100, 'a'), log('bc')], FOREVER)).toBe('a0 b1 c1')
})

test('with a limit, lines do not wait longer for a log without lines', async () => {
  expect(await merged([log(400, 'a'), log('bc')], 20)).toBe('b1 c1 a0')
})

test('a log that is late, but within the limit, is put in order', async () => {
  expect(await merged([log('a', 50, 'c'), log('bd')], 5000)).toBe('a0 b1 c0 d1')
})

test('the error of a log is thrown', async () => {
  async function* broken(): AsyncGenerator<readonly LogLine[]> {
    yield [line('a')]
    throw new Error('broken')
  }
  await expect(merged([broken(), log('bc')], FOREVER)).rejects.toThrow('broken')
})

test('a log is not read ahead of what is taken', async () => {
  let batches = 0
  async function* endless(): AsyncGenerator<readonly LogLine[]> {
    for (; ; batches++) yield [line('b')]
  }
  const lines = mergeLogs([endless(), log(100, 'a')], FOREVER)
  expect((await lines.next()).value).toEqual([{ log: 1, line: line('a') }])
  expect(batches).toBe(0)
})
