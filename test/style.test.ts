import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** Files that are written by hand, except for recorded data and this rule itself. */
const FILES = ['src', 'test', 'scripts', 'bench', 'docs', 'proto', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
const EXCLUDED = [':!*golden*', ':!src/builder/buildkit/gen']

/** The words in the right-hand column of STYLE.md's table that are in bold. */
function retiredWords(): string[] {
  const rows = readFileSync(join(ROOT, 'STYLE.md'), 'utf8').matchAll(/^\|.*\|.*\|(.*)\|$/gm)
  return [...rows].flatMap(([, words = '']) => [...words.matchAll(/\*\*(\w+)\*\*/g)].map(([, word = '']) => word))
}

/** Lines with the word, in any case and as a plural, a verb or a part of an identifier in camel case. */
function linesWith(word: string): string {
  const pattern = `(\\b|[a-z_])${word[0]?.toUpperCase()}${word.slice(1)}|\\b${word}(s|ed|ing)?\\b|${word.toUpperCase()}`
  try {
    return execFileSync('git', ['grep', '-nP', pattern, '--', ...FILES, ...EXCLUDED], { cwd: ROOT, encoding: 'utf8' })
  } catch {
    // git grep exits with 1 when nothing matches.
    return ''
  }
}

test('the words to look for are read from STYLE.md', () => {
  expect(retiredWords()).toHaveLength(3)
  expect(linesWith('directory')).not.toBe('')
})

test.each(retiredWords())('nothing is called %s any more', (word) => {
  expect(linesWith(word)).toBe('')
})

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'STYLE.md',
  'docs/architecture.md',
  'docs/compatibility.md',
  'docs/security.md',
]

/** The paths in the repository that a page names in code spans, without line breaks, placeholders and patterns. */
function namedPaths(page: string): string[] {
  const spans = readFileSync(join(ROOT, page), 'utf8').matchAll(/`((?:src|test|scripts|bench|docs|bin)\/[\w./-]+)`/g)
  return [...spans].map(([, path = '']) => path)
}

test.each(PAGES)('%s names only files and directories that exist', (page) => {
  const built = ['src/commands/image/layers.ts']
  expect(namedPaths(page).filter((path) => !existsSync(join(ROOT, path)) && !built.includes(path))).toEqual([])
})
