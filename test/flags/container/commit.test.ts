import { expect, test } from 'vitest'
import { parseArgv } from '../../../src/cli/argv/argv.ts'
import { commitFlags, pausesContainer } from '../../../src/flags/container/commit.ts'

function isPaused(...argv: string[]): boolean {
  const { flags, typedFlags } = parseArgv([...argv, 'web'], commitFlags, false)
  return pausesContainer({ pause: flags.pause === true, 'no-pause': flags['no-pause'] === true }, typedFlags)
}

test.each([
  [[], true],
  [['--no-pause'], false],
  [['--no-pause=true'], false],
  [['--no-pause=false'], true],
  [['--pause'], true],
  [['--pause=false'], false],
  [['-p=false'], false],
])('a commit with %j pauses the container: %j', (argv, expected) => {
  expect(isPaused(...argv)).toBe(expected)
})

test('a commit refuses --pause together with --no-pause', () => {
  const message = 'conflicting options: --no-pause and --pause cannot be used together'
  expect(() => isPaused('--no-pause', '--pause=false')).toThrow(message)
})
