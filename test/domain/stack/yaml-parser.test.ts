import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../src/domain/stack/yaml-parser.ts'
import { writeYaml } from '../../../src/domain/stack/yaml-writer.ts'

/** Returns a document in which each of `levels` lists repeats the one before it ten times. */
function aliasBomb(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const previous = level === 0 ? 'x' : `*a${level - 1}`
    return `a${level}: &a${level} [${Array(10).fill(previous).join(', ')}]`
  })
  return `${lines.join('\n')}\n`
}

describe('hostile documents', () => {
  test('refuses aliases that repeat themselves exponentially', () => {
    expect(() => parseYaml(aliasBomb(30))).toThrow('yaml: document contains excessive aliasing')
  })

  test('expands aliases that do not repeat much', () => {
    expect(parseYaml(aliasBomb(2))).toBeInstanceOf(Map)
  })

  test.each(['[', '{a: ', '- '])('refuses collections that begin with %j and are nested too deeply', (start) => {
    expect(() => parseYaml(start.repeat(50_000))).toThrow(/^yaml: /)
  })

  test('refuses an alias of the collection that contains it', () => {
    expect(() => parseYaml('a: &a {b: [*a]}')).toThrow("yaml: anchor 'a' value contains itself")
  })

  test('reads a mapping with very many keys', () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `k${index}: v`)
    const document = parseYaml(keys.join('\n'))
    expect(document instanceof Map && document.size).toBe(50_000)
  })

  test('keeps keys that are special in JavaScript', () => {
    const document = parseYaml('__proto__: {a: 1}\nconstructor: b\n')
    expect(document instanceof Map ? writeYaml(document) : '').toBe('__proto__:\n  a: 1\nconstructor: b\n')
  })
})
