import { describe, expect, it } from 'vitest'
import { forEachParallel } from '../../src/cli/each.ts'
import { EngineError, ExitStatus } from '../../src/domain/errors.ts'
import { recordingOutput } from '../support/output.ts'

const names = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`)

describe('acting on many names', () => {
  it('echoes them in the order typed, whichever is done first', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const delays: Record<string, number> = { a: 20, b: 1, c: 10 }
    await forEachParallel(['a', 'b', 'c'], (name) => new Promise((done) => setTimeout(done, delays[name])), io)
    expect(io.out.text).toBe('a\nb\nc\n')
  })

  it('has no more than 50 requests under way', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    let underWay = 0
    let most = 0
    await forEachParallel(
      names(200),
      async () => {
        underWay++
        most = Math.max(most, underWay)
        await new Promise((done) => setTimeout(done, 1))
        underWay--
      },
      io,
    )
    expect(most).toBe(50)
    expect(io.out.text.split('\n')).toHaveLength(201)
  })

  it('echoes what is done while others are still to begin', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const seen: string[] = []
    const act = async (name: string) => {
      await new Promise((done) => setTimeout(done, 1))
      if (name === 'c99') seen.push(io.out.text)
    }
    await forEachParallel(names(100), act, io)
    expect(seen[0]).toMatch(/^c0\nc1\n/)
  })

  it('reports the failures together at the end, and exits 1', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const act = async (name: string) => {
      if (name !== 'b') throw new EngineError(`No such container: ${name}`, 404)
    }
    await expect(forEachParallel(['a', 'b', 'c'], act, io)).rejects.toEqual(
      new ExitStatus(
        1,
        'Error response from daemon: No such container: a\nError response from daemon: No such container: c',
      ),
    )
    expect(io.out.text).toBe('b\n')
  })

  it('prints a forgiven failure at once and goes on', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const act = async () => {
      throw new EngineError('No such container: a', 404)
    }
    await forEachParallel(['a'], act, io, () => true)
    expect(io.err.text).toBe('Error response from daemon: No such container: a\n')
  })
})
