import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { absoluteDirectories, hasProgram, programPath } from '../../src/programs/programs.ts'

const SOURCES = fileURLToPath(new URL('../../src', import.meta.url))

const notFound = 'exec: "tool": executable file not found in $PATH'
const relative = 'exec: "tool": cannot run executable found relative to current directory'

let root: string
let workingDirectory: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tug-programs-'))
  for (const directory of ['absolute', 'here', 'here/bin', 'plain', 'plain/tool']) mkdirSync(join(root, directory))
  for (const file of ['absolute/tool', 'here/tool', 'here/bin/tool']) program(file, 0o755)
  workingDirectory = process.cwd()
  process.chdir(join(root, 'here'))
})
afterEach(() => {
  process.chdir(workingDirectory)
  rmSync(root, { recursive: true })
})

function program(file: string, mode: number): void {
  writeFileSync(join(root, file), '#!/bin/sh\n')
  chmodSync(join(root, file), mode)
}

describe('programPath', () => {
  it.each([
    ['an absolute directory', '/none:<root>/absolute', '<root>/absolute/tool'],
    ['an absolute directory in front of the working directory', '<root>/absolute:.', '<root>/absolute/tool'],
    ['an absolute directory that is the working directory', '<root>/here', '<root>/here/tool'],
    ['a directory without the program in front', 'other:<root>/absolute', '<root>/absolute/tool'],
  ])('finds a program in %s', (_, searchPath, expected) => {
    const withRoot = (text: string) => text.replaceAll('<root>', root)
    expect(programPath('tool', withRoot(searchPath))).toBe(withRoot(expected))
  })

  it.each([
    ['the working directory', '.', relative],
    ['the working directory in front of an absolute one', '.:<root>/absolute', relative],
    ['an empty entry at the front', ':<root>/absolute', relative],
    ['an empty entry at the end', '/none:', relative],
    ['an empty entry in the middle', '/none::<root>/absolute', relative],
    ['a relative directory', 'bin', relative],
    ['a relative directory with dots', './bin', relative],
    ['a directory above', '../absolute', relative],
    ['no PATH', '', notFound],
    ['a directory that is not there', '/none', notFound],
    ['a PATH on which the name is a directory', '<root>/plain', notFound],
  ])('refuses a program from %s', (_, searchPath, message) => {
    const path = searchPath.replaceAll('<root>', root)
    expect(() => programPath('tool', path)).toThrow(message)
    expect(hasProgram('tool', path)).toBe(false)
  })

  it('skips a file that is not executable', () => {
    program('here/tool', 0o644)
    expect(programPath('tool', `.:${root}/absolute`)).toBe(`${root}/absolute/tool`)
  })

  it('returns a path with a slash unchanged', () => {
    expect(programPath('./tool', '')).toBe('./tool')
  })

  it('removes relative directories from a PATH', () => {
    expect(absoluteDirectories(':.:/a:bin:../b:/c:')).toBe('/a:/c')
  })
})

it('is the only module that starts programs', () => {
  const importers = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /child_process|Bun\.spawn|worker_threads/.test(readFileSync(join(SOURCES, name), 'utf8')))
  expect(importers).toEqual(['programs/programs.ts'])
})
