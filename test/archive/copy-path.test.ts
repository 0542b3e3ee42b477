import { describe, expect, test } from 'vitest'
import {
  type CopyEnd,
  planCopy,
  rebasePath,
  renameEntry,
  restorePathEnd,
  splitPath,
} from '../../src/archive/copy-path.ts'
import { basePath, cleanPath, directoryPath, joinPath } from '../../src/domain/go/path.ts'

// The expected values are the results of Go's path/filepath.
test.each([
  ['', '.', '.', '.'],
  ['/', '/', '/', '/'],
  ['.', '.', '.', '.'],
  ['..', '..', '.', '..'],
  ['a', 'a', '.', 'a'],
  ['a/', 'a', 'a', 'a'],
  ['a/.', 'a', 'a', '.'],
  ['/a//b/../c/', '/a/c', '/a/c', 'c'],
  ['/../a', '/a', '/', 'a'],
  ['../a', '../a', '..', 'a'],
  ['a/../..', '..', '.', '..'],
])('cleans and splits %j', (path, clean, directory, base) => {
  expect([cleanPath(path), directoryPath(path), basePath(path)]).toEqual([clean, directory, base])
})

test.each([
  [['', ''], ''],
  [['a', ''], 'a'],
  [['/a', '../b'], '/b'],
  [['/', 'b'], '/b'],
])('joins %j', (parts, joined) => {
  expect(joinPath(...parts)).toBe(joined)
})

test.each([
  ['/a', 'a', '/a'],
  ['/a', 'a/', '/a/'],
  ['/a', 'a/.', '/a/.'],
  ['/a', 'x/../a/./.', '/a/.'],
  ['/', '/', '/'],
  ['/', '/.', '/.'],
  ['/a', 'a//', '/a/'],
])('restores the end of %s, typed as %s, to %s', (clean, typed, expected) => {
  expect(restorePathEnd(clean, typed)).toBe(expected)
})

test.each([
  ['/a/b', '/a', 'b'],
  ['/a/b/', '/a', 'b'],
  ['/a/b/.', '/a/b', '.'],
  ['/', '/', '/'],
  ['/a', '/', 'a'],
  ['a', '.', 'a'],
  ['.', '.', '.'],
])('splits %s into %s and %s', (path, directory, name) => {
  expect(splitPath(path)).toEqual({ directory, name })
})

test.each([
  ['/l', '/t', { path: '/t', rebaseName: 'l' }],
  ['/p/l', '/q/l', { path: '/q/l', rebaseName: '' }],
  ['/l/', '/t', { path: '/t/', rebaseName: 'l' }],
  ['/l/.', '/t', { path: '/t/.', rebaseName: '' }],
])('rebases %s, a link to %s', (typed, resolved, expected) => {
  expect(rebasePath(typed, resolved)).toEqual(expected)
})

describe('planCopy', () => {
  const end = (path: string, kind: 'file' | 'directory' | 'nothing', rebaseName = ''): CopyEnd => ({
    path,
    exists: kind !== 'nothing',
    isDirectory: kind === 'directory',
    rebaseName,
  })
  const file = end('/s/f', 'file')
  const directory = end('/s/d', 'directory')

  test.each([
    ['a file into a directory', file, end('/t/d', 'directory'), '/t/d', undefined],
    ['a directory into a directory', directory, end('/t/d/', 'directory'), '/t/d/', undefined],
    ['a file over a file', file, end('/t/g', 'file'), '/t', { from: 'f', to: 'g' }],
    ['a file as a new name', file, end('/t/g', 'nothing'), '/t', { from: 'f', to: 'g' }],
    ['a directory as a new name', directory, end('/t/e', 'nothing'), '/t', { from: 'd', to: 'e' }],
    ['a directory as a new directory', directory, end('/t/e/', 'nothing'), '/t', { from: 'd', to: 'e' }],
    [
      "a directory's content as a new name",
      end('/s/d/.', 'directory'),
      end('/t/e', 'nothing'),
      '/t',
      { from: '.', to: 'e' },
    ],
    ["a link's target", end('/s/t', 'directory', 'l'), end('/t/e', 'nothing'), '/t', { from: 'l', to: 'e' }],
  ])('copies %s', (_, source, destination, where, rename) => {
    expect(planCopy(source, destination)).toEqual({ directory: where, rename })
  })

  test.each([
    ['a directory over a file', directory, end('/t/g', 'file'), 'cannot copy directory'],
    ['a file as a new directory', file, end('/t/g/', 'nothing'), 'no such directory'],
    ['a file as a new directory with a dot', file, end('/t/g/.', 'nothing'), 'no such directory'],
  ])('refuses %s', (_, source, destination, message) => {
    expect(() => planCopy(source, destination)).toThrow(message)
  })
})

test.each([
  ['d/a', { from: 'd', to: 'e' }, 'e/a'],
  ['d/d', { from: 'd', to: 'e' }, 'e/d'],
  ['./a', { from: '.', to: 'e' }, 'e/a'],
  ['/a', { from: '/', to: 'e' }, 'e/a'],
  ['other', { from: 'd', to: 'e' }, 'other'],
  ['d', undefined, 'd'],
])('renames the entry %s by %j', (name, rename, expected) => {
  expect(renameEntry(name, rename)).toBe(expected)
})
