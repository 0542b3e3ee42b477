/** Hints for builds that failed, by BuildKit's messages. */
import type { Advice } from '../advice.ts'
import { quoteShellWord } from '../shell-words.ts'

export const BUILD_ADVICE: readonly Advice[] = [
  [
    /failed to read dockerfile: open (?:\S*\/)?([^\s/]+): no such file or directory/,
    ([file]) => `the build's directory has no ${file}: check the directory, or name the file with -f`,
  ],
  [/no build stage in current context/, () => 'begin the Dockerfile with FROM IMAGE; only ARG may precede it'],
  [
    /unknown instruction: (\S+)$/im,
    ([word]) => `"${word}" is not an instruction: check its spelling, and that the line above ends with a backslash`,
  ],
  [
    /failed to compute cache key: .*(?:not found|no such file or directory)/,
    (_, program) =>
      `COPY and ADD find only files below the build's directory that .dockerignore does not exclude; list them with: ${program} build --show-context .`,
  ],
  [
    /(?:executor failed running|did not complete successfully).*: exit code: 127/,
    () => 'exit code 127 means that a program was not found: check its name, or install it in an earlier RUN',
  ],
  [
    /(?:executor failed running|did not complete successfully).*: exit code: 137/,
    () => 'exit code 137 means that the program was killed, often because the engine has too little memory',
  ],
  [
    /path "((?:[^"]*\/)?)([^"/]*dockerfile[^"/]*)" not found/i,
    ([directory = '', file = ''], program) => {
      const words = [`${directory}${file}`, directory || '.'].map(quoteShellWord)
      return `name the file with -f, and its directory as the last word: ${program} build -f ${words.join(' ')}`
    },
  ],
  [
    /failed to solve: .*(?:pull access denied|insufficient_scope|repository does not exist)/,
    (_, program) =>
      `the registry has no image of that name, or shows it only to some: check the name in FROM, or run: ${program} login`,
  ],
  [
    /failed to (?:do request|resolve source metadata).*(?:no such host|connection refused|i\/o timeout|network is unreachable)/,
    () => "the daemon cannot reach the registry of the image in FROM: check the daemon's network, DNS and proxy",
  ],
]
