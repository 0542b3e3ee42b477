import { expect, test } from 'vitest'
import { calledAs } from '../../src/cli/program-name.ts'

const INSIDE = '/$bunfs/root/tug'

test.each([
  // The executable: what was typed, linked, copied, or given to `exec -a`.
  ['tug', INSIDE, 'tug'],
  ['docker', INSIDE, 'docker'],
  ['/usr/local/bin/docker', INSIDE, 'docker'],
  ['./docker-28.2', INSIDE, 'docker-28.2'],
  ['/usr/lib/node_modules/tug/bin/tug.js', INSIDE, 'tug'],
  ['-tug', INSIDE, 'tug'],
  ['', INSIDE, 'tug'],
  ['$(reboot)', INSIDE, 'tug'],
  ['a b', INSIDE, 'tug'],
  // Node: the path of the script, which may be a link.
  ['node', '/usr/local/bin/tug', 'tug'],
  ['node', '/usr/local/bin/docker', 'docker'],
  ['node', '/repository/bin/tug.js', 'tug'],
  ['node', '/repository/src/main.ts', 'tug'],
  ['node', '', 'tug'],
])('%s with the script %s is called %s', (argv0, script, expected) => {
  expect(calledAs(argv0, script)).toBe(expected)
})
