import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEFAULT_DETACH_KEYS, DetachScanner, parseDetachKeys } from '../../../src/domain/container/detach-keys.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Scans the chunks, and returns the bytes that are passed on and whether the sequence was found. */
function scanAll(keys: Uint8Array, chunks: readonly Uint8Array[]) {
  const scanner = new DetachScanner(keys)
  const passed: number[] = []
  for (const chunk of chunks) {
    const { pass, detached } = scanner.scan(chunk)
    passed.push(...pass)
    if (detached) return { passed, detached }
  }
  return { passed, detached: false }
}

describe('parseDetachKeys', () => {
  test.each([
    ['ctrl-p,ctrl-q', [16, 17]],
    ['a', [97]],
    ['ctrl-a,a', [1, 97]],
    ['ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_', [0, 27, 28, 29, 30, 31]],
    ['DEL', [127]],
  ])('%s', (text, codes) => {
    expect([...parseDetachKeys(text)]).toEqual(codes)
  })

  test.each(['', 'bogus', 'ctrl-', 'ctrl-A', 'ctrl-p,', 'é'])('refuses %o', (text) => {
    const key = text.endsWith(',') ? '' : text
    expect(() => parseDetachKeys(text)).toThrow(new Error(`Unknown character: '${key}'`))
  })
})

describe('DetachScanner', () => {
  test.each([
    ['typing before the keys goes on, after them it does not', 'ab\x10\x11cd', 'ab', true],
    ['half of the keys is passed on with the next key', 'a\x10b', 'a\x10b', false],
    ['half of the keys is held back', 'a\x10', 'a', false],
  ])('%s', (_, typed, passed, detached) => {
    expect(scanAll(DEFAULT_DETACH_KEYS, [bytes(typed)])).toEqual({ passed: [...bytes(passed)], detached })
  })

  test('returns the same however the input is cut', () => {
    const key = fc.constantFrom(0x10, 0x11, 0x61)
    fc.assert(
      fc.property(fc.array(key), (typed) => {
        const whole = scanAll(DEFAULT_DETACH_KEYS, [Uint8Array.from(typed)])
        const cut = scanAll(
          DEFAULT_DETACH_KEYS,
          typed.map((byte) => Uint8Array.of(byte)),
        )
        expect(cut).toEqual(whole)
      }),
    )
  })
})

test('parseDetachKeys accepts or refuses any text', () => {
  expectParsesOrRefuses(parseDetachKeys)
})
