import { setTimeout } from 'node:timers/promises'

type Size = readonly [rows: number, columns: number]

/** What of a terminal's stream tells its size. */
export interface SizedOutput {
  readonly isTerminal: boolean
  readonly stream: {
    /** Missing where the terminal has hung up, and with it the size. */
    readonly isTTY?: boolean
    getWindowSize(): [columns: number, rows: number]
    on(event: 'resize', listener: () => void): unknown
    off(event: 'resize', listener: () => void): unknown
  }
}

/** The terminal's rows and columns; zeros off a terminal, whose stream is not even asked for: starting it takes long. */
export function windowSize(out: SizedOutput): Size {
  if (!(out.isTerminal && out.stream.isTTY)) return [0, 0]
  const [columns = 0, rows = 0] = out.stream.getWindowSize()
  return [rows, columns]
}

const RETRIES = 10

/**
 * Gives the container's terminal the size of ours, now and whenever it changes. One request at a time, until both are
 * the same: requests that are under way together may arrive in any order.
 * @returns stops it
 */
export function followWindowSize(out: SizedOutput, resize: (size: Size) => Promise<void>): () => void {
  let isStopped = false
  let isUnderWay = false
  let given: Size = [0, 0]
  const catchUp = async () => {
    if (isUnderWay) return
    isUnderWay = true
    for (let failures = 0; failures < RETRIES && !isStopped; ) {
      const size = windowSize(out)
      if (isSame(size, given) || isSame(size, [0, 0])) break
      try {
        await resize(size)
        given = size
      } catch {
        // The process may not be there yet. Its size is no reason to fail.
        failures++
        await setTimeout(failures * 10, undefined, { ref: false })
      }
    }
    isUnderWay = false
  }
  const onResize = () => void catchUp()
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
