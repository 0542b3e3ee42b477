import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { displayPath } from '../../../src/archive/byte-path.ts'
import { prepareDirectory } from '../../../src/builder/context/directory-context.ts'
import { IgnoreMatcher } from '../../../src/builder/context/ignore.ts'
import { walk } from '../../../src/builder/context/walk.ts'
import { cases, makeIgnoreTree } from './ignore-tree.ts'

let root: string

beforeAll(() => {
  root = makeIgnoreTree()
})

afterAll(() => rmSync(root, { recursive: true }))

describe('the ignore file selects the files that docker sends', () => {
  test.each(cases)('$ignore $file', ({ ignore, file, sent, error }) => {
    writeFileSync(join(root, '.dockerignore'), ignore)
    expect(send(file ?? 'Dockerfile')).toEqual(error === undefined ? sent : error.replace('CONTEXT', root))
  })
})

function send(dockerfile: string): string[] | string {
  try {
    const found = [...walk(root, prepareDirectory({ root, dockerfile }), () => expect.unreachable())]
    return found.map(({ path, stats }) => displayPath(path) + (stats.isDirectory() ? '/' : ''))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('properties', () => {
  const name = fc.stringMatching(/^[a-c.]{1,3}$/).filter((text) => !/^\.+$/.test(text))
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  // Without `..`, which removes the path elements before it.
  const pattern = fc.stringMatching(/^!?[a-c*?][a-c.*?/]{0,8}$/).filter((text) => !text.includes('..'))

  test('a plain path excludes only itself and its content', () => {
    fc.assert(
      fc.property(path, path, (excluded, other) => {
        const isInside = `${other}/`.startsWith(`${excluded}/`)
        expect(new IgnoreMatcher([excluded]).excludes(other)).toBe(isInside)
      }),
    )
  })

  test("matching with the parent directory's result gives the same as matching the whole path", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), path, (patterns, filePath) => {
        const matcher = new IgnoreMatcher(patterns)
        const parts = filePath.split('/')
        let last = { isExcluded: false, results: [] as readonly boolean[] }
        for (let length = 1; length <= parts.length; length++) {
          last = matcher.excludesIn(last.results, parts.slice(0, length).join('/'))
        }
        // An exception for a parent directory applies only while no later pattern excludes the path.
        if (!patterns.some((each) => each.startsWith('!'))) expect(last.isExcluded).toBe(matcher.excludes(filePath))
      }),
    )
  })

  test('an exception for everything cancels all patterns before it', () => {
    fc.assert(
      fc.property(fc.array(pattern), path, (patterns, filePath) => {
        expect(new IgnoreMatcher([...patterns, '!**']).excludes(filePath)).toBe(false)
      }),
    )
  })
})
