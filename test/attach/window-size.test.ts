import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { followWindowSize, windowSize } from '../../src/attach/window-size.ts'

/** A fake terminal that tests can resize. */
class Window extends EventEmitter {
  readonly isTTY: boolean = true
  #size: [columns: number, rows: number]

  constructor(columns: number, rows: number) {
    super()
    this.#size = [columns, rows]
  }

  getWindowSize(): [number, number] {
    return this.#size
  }

  resize(columns: number, rows: number): void {
    this.#size = [columns, rows]
    this.emit('resize')
  }
}

function follow(window: Window, resize: (size: readonly [number, number]) => Promise<void>) {
  return followWindowSize({ isTerminal: true, stream: window }, resize)
}

describe('windowSize', () => {
  it('returns rows before columns', () => {
    expect(windowSize({ isTerminal: true, stream: new Window(80, 24) })).toEqual([24, 80])
  })

  it('returns zeros when the terminal has hung up', () => {
    const stream = Object.assign(new EventEmitter(), { getWindowSize: () => expect.unreachable() })
    expect(windowSize({ isTerminal: true, stream })).toEqual([0, 0])
  })

  it('returns zeros without a terminal and does not create the stream', () => {
    const out = {
      isTerminal: false,
      get stream(): Window {
        throw new Error('the stream was created')
      },
    }
    expect(windowSize(out)).toEqual([0, 0])
  })
})

describe('followWindowSize', () => {
  it('sends the size now and after each change, rows first', async () => {
    const window = new Window(80, 24)
    const sizes: unknown[] = []
    const stop = follow(window, async (size) => void sizes.push(size))
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
    expect(window.listenerCount('resize')).toBe(0)
  })

  it('sends the last size last, however slow the daemon is', async () => {
    const window = new Window(80, 24)
    const sizes: unknown[] = []
    let concurrent = 0
    const stop = follow(window, async (size) => {
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
    const stop = follow(window, async () => {
      if (++tries < 3) throw new Error('no such exec')
    })
    await vi.waitFor(() => expect(tries).toBe(3))
    stop()
  })
})
