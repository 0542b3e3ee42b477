import { expect, test } from 'vitest'
import { readNamedFile } from '../../../src/cli/io/read-file.ts'
import { readEnvFiles } from '../../../src/flags/container/process.ts'

// The errors of `docker exec --env-file` and `docker run --env-file`.
test.each([
  ['/', 'invalid env file (/): read /: is a directory'],
  ['/nope', 'open /nope: no such file or directory'],
])("refuses the env file %s with docker's error", (path, message) => {
  expect(() => readEnvFiles([path], { environment: {}, readFile: readNamedFile })).toThrow(new Error(message))
})
