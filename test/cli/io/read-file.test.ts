import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readNamedFile } from '../../../src/cli/io/read-file.ts'

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'tug-read-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  return directory
}

test('reads a file to its end', () => {
  const path = join(temporaryDirectory(), 'file')
  const text = 'A=1\n'.repeat(50_000)
  writeFileSync(path, text)
  expect(new TextDecoder().decode(readNamedFile(path))).toBe(text)
})

test('refuses a device that has no end', () => {
  expect(() => readNamedFile('/dev/zero')).toThrow('read /dev/zero: the file is larger than 16777216 bytes')
})

test('reports missing files and directories as Go does', () => {
  const directory = temporaryDirectory()
  expect(() => readNamedFile(join(directory, 'none'))).toThrow(`open ${directory}/none: no such file or directory`)
  expect(() => readNamedFile(directory)).toThrow(`read ${directory}: is a directory`)
})
