import { expect, test } from 'vitest'
import { readNamedFile } from '../../../src/cli/io/read-file.ts'
import { readVariableFiles } from '../../../src/flags/container/process.ts'

// The errors of `docker exec --env-file` and `docker run --env-file`.
test.each([
  ['/', 'invalid env file (/): read /: is a directory'],
  ['/nope', 'open /nope: no such file or directory'],
])("refuses the env file %s with docker's error", (path, message) => {
  expect(() =>
    readVariableFiles({ 'env-file': [path], dotenv: [] }, { environment: {}, readFile: readNamedFile }),
  ).toThrow(new Error(message))
})

test('reads --env-file before --dotenv, each by its own rules', () => {
  const files: Record<string, string> = { plain: 'A="1"\nB', quoted: 'export A="1"\nC=$A-$B' }
  const readFile = (path: string) => Buffer.from(files[path] ?? '')
  const flags = { 'env-file': ['plain'], dotenv: ['quoted'] }
  expect(readVariableFiles(flags, { environment: { B: '2' }, readFile })).toEqual(['A="1"', 'B=2', 'A=1', 'C=1-2'])
})

test.each([
  ['/', 'invalid env file (/): read /: is a directory'],
  ['/nope', 'open /nope: no such file or directory'],
  ['/dev/stdin', 'invalid env file (/dev/stdin): line 2: a line must be KEY=VALUE'],
])('refuses the .env file %s', (path, message) => {
  const readFile = (name: string) => (name === '/dev/stdin' ? Buffer.from('A=1\nB\n') : readNamedFile(name))
  const flags = { 'env-file': [], dotenv: [path] }
  expect(() => readVariableFiles(flags, { environment: {}, readFile })).toThrow(new Error(message))
})

test('refuses a .env file that is not UTF-8', () => {
  const flags = { 'env-file': [], dotenv: ['latin1'] }
  const readFile = () => Buffer.from([0x41, 0x3d, 0xe9])
  expect(() => readVariableFiles(flags, { environment: {}, readFile })).toThrow(
    'invalid env file (latin1): it is not UTF-8',
  )
})
