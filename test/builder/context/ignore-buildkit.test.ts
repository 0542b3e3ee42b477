import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walkDirectory } from '../../../src/builder/buildkit/fsutil/walk-directory.ts'
import { parseIgnoreFile } from '../../../src/builder/context/ignore.ts'
import { PathFilter } from '../../../src/builder/context/path-filter.ts'
import { type IgnoreCase, makeIgnoreTree } from './ignore-tree.ts'

/** Recorded from buildx 0.29, which offered the files to a BuildKit that asked as its Dockerfile frontend does. */
const cases: readonly IgnoreCase[] = JSON.parse(
  readFileSync(new URL('golden/dockerignore-buildkit.json', import.meta.url), 'utf8'),
)

let root: string

beforeAll(() => {
  root = makeIgnoreTree()
})

afterAll(() => rmSync(root, { recursive: true }))

describe('what docker offers to BuildKit', () => {
  test.each(cases)('$ignore', ({ ignore, sent, error }) => {
    writeFileSync(join(root, '.dockerignore'), ignore)
    expect(offer(ignore)).toEqual(sent ?? error)
  })
})

/** Returns the names of the files, or the error of the ignore file. */
function offer(ignore: string): string[] | string {
  try {
    const filter = new PathFilter([], parseIgnoreFile(ignore))
    return [...walkDirectory(root, filter)].map(({ path, mode }) => path.toString() + (isDirectory(mode) ? '/' : ''))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The highest bit of Go's file mode. */
function isDirectory(mode: number): boolean {
  return mode >= 2 ** 31
}
