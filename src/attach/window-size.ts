import { setTimeout } from 'node:timers/promises'
import type { OutputStream } from './stdio.ts'

type Size = readonly [rows: number, columns: number]

/** The terminal's rows and columns; zeros off a terminal. */
export function windowSize({ isTerminal, stream }: OutputStream): Size {
  if (!isTerminal) return [0, 0]
  const [columns = 0, rows = 0] = stream.getWindowSize()
  return [rows, columns]
}

const RETRIES = 10

/**
 * Gives the container's terminal the size of ours, now and whenever it changes.
 * @returns stops it
 */
export function followWindowSize(out: OutputStream, resize: (size: Size) => Promise<void>): () => void {
  let isStopped = false
  const update = async () => {
    const size = windowSize(out)
    if (!isStopped && size.some((length) => length > 0)) await resize(size)
  }
  const onResize = () => void update().catch(() => {})
  out.stream.on('resize', onResize)
  void withRetries(update, () => isStopped)
  return () => {
    isStopped = true
    out.stream.off('resize', onResize)
  }
}

/** The process may not be there yet. Its size is no reason to fail. */
async function withRetries(update: () => Promise<void>, isStopped: () => boolean): Promise<void> {
  for (let retry = 1; retry <= RETRIES && !isStopped(); retry++) {
    try {
      return await update()
    } catch {
      await setTimeout(retry * 10, undefined, { ref: false })
    }
  }
}
