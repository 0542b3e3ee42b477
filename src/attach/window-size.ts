import { setTimeout } from 'node:timers/promises'
import type { TerminalSize } from '../domain/terminal-size.ts'

type Size = readonly [rows: number, columns: number]

/** The part of an output that reports the terminal's size. */
export interface SizedOutput {
  /** Zeros without a terminal. */
  readonly size: TerminalSize
  readonly stream: {
    on(event: 'resize', listener: () => void): unknown
    off(event: 'resize', listener: () => void): unknown
  }
}

/** Returns the terminal's rows and columns; zeros without a terminal. */
export function windowSize({ size }: Pick<SizedOutput, 'size'>): Size {
  return [size.rows, size.columns]
}

/** The number of failed requests after which a size is given up. */
const MAX_FAILURES = 10

/**
 * Sets the size of the container's terminal to that of ours, now and after each change. It sends one request at a time,
 * because concurrent requests could be handled in any order.
 * @returns a function that stops following
 */
export function followWindowSize(out: SizedOutput, resize: (size: Size) => Promise<void>): () => void {
  let isStopped = false
  let isUpdating = false
  let currentSize: Size = [0, 0]
  const update = async () => {
    if (isUpdating) return
    isUpdating = true
    for (let failures = 0; failures < MAX_FAILURES && !isStopped; ) {
      const size = windowSize(out)
      if (isSame(size, currentSize) || isSame(size, [0, 0])) break
      try {
        await resize(size)
        currentSize = size
      } catch {
        // The process may not have started yet. A wrong size is not an error.
        failures++
        await setTimeout(failures * 10, undefined, { ref: false })
      }
    }
    isUpdating = false
  }
  const onResize = () => void update()
  out.stream.on('resize', onResize)
  onResize()
  return () => {
    isStopped = true
    out.stream.off('resize', onResize)
  }
}

function isSame(one: Size, other: Size): boolean {
  return one[0] === other[0] && one[1] === other[1]
}
