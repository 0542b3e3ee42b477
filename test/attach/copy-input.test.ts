import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { copyInput } from '../../src/attach/copy-input.ts'
import { DEFAULT_DETACH_KEYS, DetachScanner } from '../../src/domain/container/detach-keys.ts'

describe('copyInput', () => {
  test('copies stdin and half-closes the connection at its end', async () => {
    const [stdin, socket] = [new PassThrough(), new PassThrough()]
    copyInput(stdin, socket, undefined)
    stdin.write('one ')
    stdin.end('two')
    expect(await text(socket)).toBe('one two')
  })

  test('detaches at the detach keys and does not send them', async () => {
    const [stdin, socket] = [new PassThrough(), new PassThrough()]
    const copy = copyInput(stdin, socket, new DetachScanner(DEFAULT_DETACH_KEYS))
    stdin.write('ab\x10')
    stdin.write('\x11')
    await copy.detached
    expect(String(socket.read())).toBe('ab')
  })

  test('sends the detach keys like other input without a terminal', async () => {
    const [stdin, socket] = [new PassThrough(), new PassThrough()]
    copyInput(stdin, socket, undefined)
    stdin.end('\x10\x11')
    expect(await text(socket)).toBe('\x10\x11')
  })

  test('pauses stdin while the container does not read', async () => {
    const [stdin, socket] = [new PassThrough(), new PassThrough({ highWaterMark: 10 })]
    copyInput(stdin, socket, undefined)
    stdin.write('x'.repeat(20))
    await expect.poll(() => stdin.isPaused()).toBe(true)
    socket.resume()
    await expect.poll(() => stdin.isPaused()).toBe(false)
  })

  test('closes stdin when stopped', () => {
    const [stdin, socket] = [new PassThrough(), new PassThrough()]
    copyInput(stdin, socket, undefined).stop()
    expect(stdin.destroyed).toBe(true)
    expect(stdin.listenerCount('data')).toBe(0)
  })
})
