import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RequestQueue } from '../../../src/engine/transport/request-queue.ts'

describe('RequestQueue', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Sends requests that take so many milliseconds each, and returns the most that were under way at once. */
  const most = async (requests: number, milliseconds: number) => {
    const queue = new RequestQueue()
    let underWay = 0
    let peak = 0
    const send = async () => {
      await queue.enter()
      peak = Math.max(peak, ++underWay)
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      underWay--
      queue.leave()
    }
    const sent = Promise.all(Array.from({ length: requests }, send))
    await vi.runAllTimersAsync()
    await sent
    return peak
  }

  test.each([
    [1, 10, 1],
    [4, 10_000, 4],
    [100, 10, 4],
    [50, 10_000, 50],
    [20, 10_000, 20],
  ])('%i requests of %i ms each: %i at once', async (requests, milliseconds, expected) => {
    expect(await most(requests, milliseconds)).toBe(expected)
  })

  test('an empty queue keeps no timer', async () => {
    await most(50, 10)
    expect(vi.getTimerCount()).toBe(0)
  })
})
