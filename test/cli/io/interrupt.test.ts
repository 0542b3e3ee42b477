import { describe, expect, test } from 'vitest'
import { untilInterrupted } from '../../../src/cli/io/interrupt.ts'

describe('untilInterrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('exits on %s with %i, even if the work does not react', async (name, exitCode) => {
    let isAborted = false
    const work = untilInterrupted((signal) => {
      signal.addEventListener('abort', () => {
        isAborted = true
      })
      return new Promise(() => {})
    })
    process.emit(name, name)
    await expect(work).rejects.toMatchObject({ exitCode, message: '' })
    expect(isAborted).toBe(true)
  })

  test('uses the given exit code for all signals', async () => {
    const work = untilInterrupted(() => new Promise(() => {}), { status: 130 })
    process.emit('SIGTERM', 'SIGTERM')
    await expect(work).rejects.toMatchObject({ exitCode: 130 })
  })

  test.each([2, 3])('lets patient work clean up until signal %i ends it', async (forcedBy) => {
    let outcome = ''
    const work = untilInterrupted(() => new Promise(() => {}), { patience: 60_000, forcedBy }).catch((error: Error) => {
      outcome = error.name
    })
    for (let count = 1; count < forcedBy; count++) process.emit('SIGINT', 'SIGINT')
    await Promise.race([work, new Promise((resolve) => setImmediate(resolve))])
    expect(outcome).toBe('')
    process.emit('SIGINT', 'SIGINT')
    await work
    expect(outcome).toBe('ExitStatus')
  })

  test('removes its listeners when the work is done', async () => {
    const before = process.listenerCount('SIGINT')
    expect(await untilInterrupted(async () => 'done')).toBe('done')
    await expect(untilInterrupted(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})
