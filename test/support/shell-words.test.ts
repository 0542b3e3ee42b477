import { expect, test } from 'vitest'
import { shellCommands } from './shell-words.ts'

test.each([
  ['tug ps -a', [['tug', 'ps', '-a']]],
  ["tug ps --format '{{.Names}}: x'", [['tug', 'ps', '--format', '{{.Names}}: x']]],
  ['tug run -v "$PWD":/work busybox', [['tug', 'run', '-v', '$PWD:/work', 'busybox']]],
  [
    'tug logs web 2>&1 | grep -i x',
    [
      ['tug', 'logs', 'web'],
      ['grep', '-i', 'x'],
    ],
  ],
  ['tug load < images.tar > out', [['tug', 'load']]],
  [
    'tug rm -f $(tug ps -aq) web',
    [
      ['tug', 'ps', '-aq'],
      ['tug', 'rm', '-f', '$(…)', 'web'],
    ],
  ],
  [
    "echo 'a | b' | tug config create x -",
    [
      ['echo', 'a | b'],
      ['tug', 'config', 'create', 'x', '-'],
    ],
  ],
])('%s has the commands %j', (line, commands) => expect(shellCommands(line)).toEqual(commands))
