import { describe, expect, test } from 'vitest'
import { CopyDisplay } from '../../../src/format/progress/copy.ts'
import { recordingOutput } from '../../support/output.ts'

async function copied(sizes: readonly number[], isTerminal: boolean) {
  const out = recordingOutput(isTerminal)
  let now = 0
  const display = new CopyDisplay(out, 'Copying to container', () => new Date(now))
  async function* bytes() {
    for (const size of sizes) {
      yield new Uint8Array(size)
      now += 50
    }
  }
  for await (const _ of display.watch(bytes()));
  return { out, display }
}

describe('CopyDisplay', () => {
  test('prints the size at the end without a terminal', async () => {
    const { out, display } = await copied([2000, 48], false)
    display.succeed('c:/x', 7)
    display.clear()
    expect(out.text).toBe('Successfully copied 2.05kB to c:/x\n')
  })

  test('updates the progress at intervals and clears it on a terminal', async () => {
    const { out, display } = await copied([1000, 1000, 1000, 1000], true)
    expect(out.text.split('\r\x1b[2K')).toEqual(['', 'Copying to container - 1kB', 'Copying to container - 3kB'])
    display.succeed('c:/x', undefined)
    expect(out.text.split('\r\x1b[2K').at(-1)).toBe('Successfully copied 4kB to c:/x\n')
  })

  test('prints the size of the files and of their archive on a terminal', async () => {
    const { out, display } = await copied([1536], true)
    display.succeed('c:/x', 7)
    expect(out.text).toContain('\r\x1b[2KSuccessfully copied 7B (transferred 1.54kB) to c:/x\n')
  })

  test('clears the line after a failed copy', async () => {
    const { out, display } = await copied([10], true)
    display.clear()
    display.clear()
    expect(out.text).toBe('\r\x1b[2KCopying to container - 10B\r\x1b[2K')
  })
})
