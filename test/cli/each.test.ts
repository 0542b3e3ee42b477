import { describe, expect, it } from 'vitest'
import { forEachParallel } from '../../src/cli/each.ts'
import { ConnectionError, describeError, EngineError, ExitStatus } from '../../src/domain/errors.ts'
import { recordingOutput } from '../support/output.ts'

const named = (...names: string[]) => names.map((name) => ({ name, id: `id of ${name}` }))
const many = (count: number) => named(...Array.from({ length: count }, (_, i) => `c${i}`))

describe('forEachParallel', () => {
  it.each([
    ['a daemon that was not reached', new ConnectionError('Cannot connect', 'start it'), ConnectionError],
    ['the first error with one', new EngineError('denied', 403, 'start it'), ExitStatus],
  ])('keeps the hint of %s', async (_, failure, kind) => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const error = await forEachParallel(named('a', 'b'), () => Promise.reject(failure), io).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(kind)
    expect([error.message, error.hint]).toEqual([`${describeError(failure)}\n${describeError(failure)}`, 'start it'])
  })

  it('passes the ids and prints the names in the order given, whichever succeeds first', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const delays: Record<string, number> = { 'id of a': 20, 'id of b': 1, 'id of c': 10 }
    await forEachParallel(named('a', 'b', 'c'), (id) => new Promise((done) => setTimeout(done, delays[id])), io)
    expect(io.out.text).toBe('a\nb\nc\n')
  })

  it('runs at most 50 actions in parallel', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    let running = 0
    let most = 0
    await forEachParallel(
      many(200),
      async () => {
        running++
        most = Math.max(most, running)
        await new Promise((done) => setTimeout(done, 1))
        running--
      },
      io,
    )
    expect(most).toBe(50)
    expect(io.out.text.split('\n')).toHaveLength(201)
  })

  it('prints names before the last actions have started', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const seen: string[] = []
    const act = async (id: string) => {
      await new Promise((done) => setTimeout(done, 1))
      if (id === 'id of c99') seen.push(io.out.text)
    }
    await forEachParallel(many(100), act, io)
    expect(seen[0]).toMatch(/^c0\nc1\n/)
  })

  it('reports all failures at the end and exits with 1', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const act = async (id: string) => {
      if (id !== 'id of b') throw new EngineError(`No such container: ${id}`, 404)
    }
    await expect(forEachParallel(named('a', 'b', 'c'), act, io)).rejects.toEqual(
      new ExitStatus(
        1,
        'Error response from daemon: No such container: id of a\nError response from daemon: No such container: id of c',
      ),
    )
    expect(io.out.text).toBe('b\n')
  })

  it('prints the names of objects that are done at the same time by one write', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    await forEachParallel(named('a', 'b', 'c'), async () => {}, io)
    expect([io.out.text, io.out.writes]).toEqual(['a\nb\nc\n', 1])
  })

  it('prints names and forgiven errors in the order of the objects', async () => {
    const terminal = recordingOutput()
    const act = async (id: string) => {
      if (id === 'id of b') throw new EngineError(`No such container: ${id}`, 404)
    }
    await forEachParallel(named('a', 'b', 'c'), act, { out: terminal, err: terminal }, () => true)
    expect(terminal.text).toBe('a\nError response from daemon: No such container: id of b\nc\n')
  })

  it('prints a forgiven error and succeeds', async () => {
    const io = { out: recordingOutput(), err: recordingOutput() }
    const act = async () => {
      throw new EngineError('No such container: a', 404)
    }
    await forEachParallel(named('a'), act, io, () => true)
    expect(io.err.text).toBe('Error response from daemon: No such container: a\n')
  })
})
