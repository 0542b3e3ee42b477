import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endOfFirstJsonValue, goJsonError } from '../../../src/domain/go/json.ts'
import { JsonScanner } from '../../../src/domain/go/json-scanner.ts'
import { compactJson, indentJson } from '../../../src/domain/go/json-text.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Texts that are nearly JSON. */
const nearlyJson = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'x', ' '),
  )
  .map(([json, at, insert]) => {
    const index = at % (json.length + 1)
    return json.slice(0, index) + insert + json.slice(index + (at % 2))
  })

describe('goJsonError', () => {
  test.each([
    ['1e.5', "invalid character '.' in exponent of numeric literal"],
    ['1e+.5', "invalid character '.' in exponent of numeric literal"],
    ['1..5', "invalid character '.' after decimal point in numeric literal"],
    ['-.5', "invalid character '.' in numeric literal"],
    ['1.5.5', "invalid character '.' after top-level value"],
  ])('refuses the misplaced point of %s', (text, message) => {
    expect(goJsonError(text)).toBe(message)
  })

  test('accepts what JSON.parse accepts', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        expect(goJsonError(text) === '').toBe(isJson(text))
      }),
    )
  })

  // Recorded from Go's encoding/json.
  test.each([
    ['{', 'unexpected EOF'],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['tx', "invalid character 'x' in literal true (expecting 'r')"],
    ['-x', "invalid character 'x' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['"\n"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u00g0"', "invalid character 'g' in \\u hexadecimal character escape"],
    ['{} é', "invalid character 'Ã' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['\ufeff{}', "invalid character 'ï' looking for beginning of value"],
    ['['.repeat(10_001), 'exceeded max depth'],
    [`${'[{"a":'.repeat(5001)}`, 'exceeded max depth'],
  ])('reports %#: %.20s', (text, message) => expect(goJsonError(text)).toBe(message))
})

test('JsonScanner finds the same end however the text is split', () => {
  fc.assert(
    fc.property(nearlyJson, fc.integer({ min: 1, max: 5 }), (text, size) => {
      const scanner = new JsonScanner()
      let end = -1
      try {
        for (let at = 0; at < text.length && end < 0; at += size) {
          const found = scanner.scan(text.slice(at, at + size))
          if (found >= 0) end = at + found
        }
        if (end < 0 && scanner.finish()) end = text.length
      } catch {
        end = -1
      }
      expect(end).toBe(endOfFirstJsonValue(text))
    }),
  )
})

describe('strings of 8 MB', () => {
  const long = JSON.stringify({ a: `${'x'.repeat(8_000_000)}"\\` })

  test('are kept when JSON is indented and compacted', () => {
    const indented = indentJson(long)
    expect(indented).toHaveLength(long.length + '\n    \n '.length)
    expect(compactJson(indented)).toHaveLength(long.length)
  })
})
