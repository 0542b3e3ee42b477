import { EventEmitter } from 'node:events'
import { describe, expect, it, test, vi } from 'vitest'
import { followWindowSize, windowSize } from '../../src/attach/window-size.ts'

/** A fake terminal that tests can resize. */
class Window {
  readonly stream = new EventEmitter()
  size: { columns: number; rows: number }

  constructor(columns: number, rows: number) {
    this.size = { columns, rows }
  }

  resize(columns: number, rows: number): void {
    this.size = { columns, rows }
    this.stream.emit('resize')
  }
}

test('the size of a window has rows before columns', () => {
  expect(windowSize(new Window(80, 24))).toEqual([24, 80])
})

describe('followWindowSize', () => {
  it('sends the size now and after each change, rows first', async () => {
    const window = new Window(80, 24)
    const sizes: unknown[] = []
    const stop = followWindowSize(window, async (size) => void sizes.push(size))
    await vi.waitFor(() => expect(sizes).toEqual([[24, 80]]))
    window.resize(100, 30)
    await vi.waitFor(() =>
      expect(sizes).toEqual([
        [24, 80],
        [30, 100],
      ]),
    )
    stop()
    window.resize(1, 1)
    expect(window.stream.listenerCount('resize')).toBe(0)
  })

  it('sends the last size last, however slow the daemon is', async () => {
    const window = new Window(80, 24)
    const sizes: unknown[] = []
    let concurrent = 0
    const stop = followWindowSize(window, async (size) => {
      expect(++concurrent).toBe(1)
      await new Promise((done) => setTimeout(done, 20))
      concurrent--
      sizes.push(size)
    })
    for (let rows = 1; rows <= 10; rows++) window.resize(90, rows)
    await vi.waitFor(() => expect(sizes.at(-1)).toEqual([10, 90]))
    stop()
  })

  it('retries while the process has not started yet', async () => {
    const window = new Window(80, 24)
    let tries = 0
    const stop = followWindowSize(window, async () => {
      if (++tries < 3) throw new Error('no such exec')
    })
    await vi.waitFor(() => expect(tries).toBe(3))
    stop()
  })
})
