import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkCidFile, writeCidFile } from '../../../src/actions/container/cid-file.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-cid-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('the container ID file', () => {
  test('is not created by the check, and then written', () => {
    const path = join(directory, 'cid')
    checkCidFile(path)
    expect(() => readFileSync(path)).toThrow('ENOENT')
    writeCidFile(path, 'c0ffee')
    expect(readFileSync(path, 'utf8')).toBe('c0ffee')
  })

  test('is never overwritten', () => {
    const path = join(directory, 'cid')
    writeFileSync(path, 'another')
    expect(() => checkCidFile(path)).toThrow(
      new Error(`container ID file found, make sure the other container isn't running or delete ${path}`),
    )
  })

  test('is named in the error if it cannot be created', () => {
    const path = join(directory, 'no/such/cid')
    expect(() => checkCidFile(path)).toThrow(
      new Error(`failed to create the container ID file: open ${path}: no such file or directory`),
    )
  })

  test('is optional', () => {
    checkCidFile('')
    writeCidFile('', 'c0ffee')
  })
})
