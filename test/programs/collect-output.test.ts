import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { collectOutput } from '../../src/programs/collect-output.ts'

const shell = (script: string, input = '') => collectOutput('sh', ['-c', script], { input, stderr: 'inherit' })

test.each([
  ['reads stdin and writes to stdout', 'cat'],
  ['opens them by name', 'cat /dev/stdin >/dev/fd/1'],
  ['opens them through /proc', 'cat /proc/self/fd/0 >/proc/self/fd/1'],
  ['opens stdout twice', 'read -r line </dev/stdin; echo "$line" >/dev/fd/1; echo two >/dev/fd/1'],
])('a program %s', async (_, script) => {
  const { stdout, exitCode } = await shell(script, 'one\ntwo\n')
  expect({ stdout, exitCode }).toEqual({ stdout: 'one\ntwo\n', exitCode: 0 })
})

test('a program without input reads the end of stdin', async () => {
  expect((await shell('cat; cat /dev/stdin; echo end')).stdout).toBe('end\n')
})

test('much input and much output arrive whole', async () => {
  const input = 'x'.repeat(3_000_000)
  expect((await shell('cat', input)).stdout).toBe(input)
})

test('input that is not read is no error', async () => {
  expect(await shell('exit 3', 'x'.repeat(300_000))).toEqual({ stdout: '', exitCode: 3, signal: null })
})

test('a signal is reported', async () => {
  expect(await shell('echo a; kill -9 $$')).toEqual({ stdout: 'a\n', exitCode: null, signal: 'SIGKILL' })
})

test('endless output is an error', async () => {
  await expect(shell('exec yes')).rejects.toThrow('the output is longer than')
})

test('a program gets no other descriptors, and nothing stays in temporary directories', async () => {
  const { stdout } = await shell('cd /proc/self/fd; ls -l . | grep -E "tug-(pipe|input)"', 'x')
  const directories = stdout.match(/\/\S+(?=\/(input|stdout) )/g) ?? []
  expect(directories).toHaveLength(2)
  expect(stdout.trim().split('\n')).toHaveLength(2)
  expect(directories.filter((directory) => existsSync(directory))).toEqual([])
})

test('a program that cannot be started is an error, and its descriptors are closed', async () => {
  const open = () => readdirSync('/proc/self/fd').length
  await expect(collectOutput('/nowhere', [], { input: 'x', stderr: 'ignore' })).rejects.toMatchObject({
    code: 'ENOENT',
  })
  const before = open()
  for (let count = 0; count < 5; count++) {
    await collectOutput('/nowhere', [], { input: 'x', stderr: 'ignore' }).catch(() => {})
  }
  expect(open()).toBeLessThanOrEqual(before)
})
