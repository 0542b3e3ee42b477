import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

/** Files that are written by hand, except for recorded data. They are read without git, which a machine may lack. */
const FILES = globSync(['{src,test,scripts,bench,docs,proto}/**', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'], {
  cwd: ROOT,
  exclude: ['**/*golden*', 'src/builder/buildkit/gen'],
}).filter((file) => statSync(join(ROOT, file)).isFile())

/** The words in the right-hand column of STYLE.md's table that are in bold. */
function retiredWords(): string[] {
  const rows = readFileSync(join(ROOT, 'STYLE.md'), 'utf8').matchAll(/^\|.*\|.*\|(.*)\|$/gm)
  return [...rows].flatMap(([, words = '']) => [...words.matchAll(/\*\*(\w+)\*\*/g)].map(([, word = '']) => word))
}

/** Returns the lines with the word, in any case and as a plural, a verb or a part of an identifier in camel case. */
function linesWith(word: string): string[] {
  const capitalized = `${word[0]?.toUpperCase()}${word.slice(1)}`
  const pattern = RegExp(`(\\b|[a-z_])${capitalized}|\\b${word}(s|ed|ing)?\\b|${word.toUpperCase()}`)
  return FILES.flatMap((file) => {
    const lines = readFileSync(join(ROOT, file), 'utf8').split('\n')
    return lines.filter((line) => pattern.test(line)).map((line) => `${file}: ${line}`)
  })
}

test('the words to look for are read from STYLE.md', () => {
  expect(retiredWords()).toHaveLength(3)
  expect(linesWith('directory')).not.toEqual([])
})

test.each(retiredWords())('nothing is called %s any more', (word) => {
  expect(linesWith(word)).toEqual([])
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
