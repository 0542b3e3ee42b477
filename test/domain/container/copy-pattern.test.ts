import { describe, expect, test } from 'vitest'
import { parseCopyPattern } from '../../../src/domain/container/copy-pattern.ts'

test.each(['/', '', '/etc/hosts', 'a/b/', '/x/.', '/a\\b', '/x]'])('%s is no pattern', (path) => {
  expect(parseCopyPattern(path)).toBeUndefined()
})

describe('the directory in front of the wildcards', () => {
  test.each([
    ['/var/log/*.log', '/var/log'],
    ['var/log/*', '/var/log'],
    ['*', '/'],
    ['/*/x', '/'],
    ['//var//./l?g/x', '/var'],
    ['/a/../b/*', '/b'],
    ['/a/\\*', '/a'],
    ['/a/[', '/a'],
  ])('%s: %s', (path, directory) => {
    expect(parseCopyPattern(path)?.directory).toBe(directory)
  })
})

describe('the path of what matches', () => {
  test.each([
    ['/d/*.log', 'a.log', '/d/a.log'],
    ['/d/*.log', 'a.txt', undefined],
    ['/d/*.log', '.log', undefined],
    ['/d/.*', '.log', '/d/.log'],
    ['/d/*', '', undefined],
    ['/d/.*', '.', undefined],
    ['/d/.*', '..', undefined],
    ['/d/*', 'sub/a', undefined],
    ['/d/*/a', 'sub/a', '/d/sub/a'],
    ['/d/*/a', 'sub', undefined],
    ['/d/?[!b]', 'xa', '/d/xa'],
    ['/d/?[!b]', 'xb', undefined],
    ['/d/?[^b]', 'xb', undefined],
    ['/d/\\[!b]*', '[!b]c', '/d/[!b]c'],
    ['/d/\\*', '*', '/d/*'],
    ['/d/\\*', 'x', undefined],
    ['/d/*/', 'sub', '/d/sub/'],
    ['/d/*/.', 'sub', '/d/sub/.'],
    ['/*', 'etc', '/etc'],
    ['/d/[', '[', undefined],
    ['/d/é*', 'éa\nb', '/d/éa\nb'],
    ['/d/*', '\udcff', '/d/\udcff'],
  ])('%s and %o: %s', (path, name, result) => {
    expect(parseCopyPattern(path)?.pathOf(name)).toBe(result)
  })
})

test('a pattern with a slash at its end is for directories', () => {
  expect(['/d/*', '/d/*/', '/d/*/.'].map((path) => parseCopyPattern(path)?.isForDirectories)).toEqual([
    false,
    true,
    true,
  ])
})
