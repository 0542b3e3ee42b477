import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RequestQueue } from '../../../src/engine/transport/request-queue.ts'

describe('RequestQueue', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Sends requests that take `milliseconds` each and returns the maximum number of concurrent ones. */
  const maxConcurrent = async (requests: number, milliseconds: number) => {
    const queue = new RequestQueue()
    let concurrent = 0
    let peak = 0
    const send = async () => {
      await queue.enter()
      peak = Math.max(peak, ++concurrent)
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      concurrent--
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
  ])('of %i requests that take %i ms each, sends %i concurrently', async (requests, milliseconds, expected) => {
    expect(await maxConcurrent(requests, milliseconds)).toBe(expected)
  })

  test('has no timer when it is empty', async () => {
    await maxConcurrent(50, 10)
    expect(vi.getTimerCount()).toBe(0)
  })
})
