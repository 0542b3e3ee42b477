/** Hints for containers that could not be started, by the messages of the container runtime. */
import type { Advice } from '../advice.ts'
import { quoteShellWord } from '../shell-words.ts'

/** The shells that many images lack. */
const SHELLS: ReadonlySet<string> = new Set(['bash', 'zsh', 'fish', 'ksh', 'dash', 'ash'])

export const START_ADVICE: readonly Advice[] = [
  [/exec: "([^"]+)": (?:executable file not found|stat |no such file)/, ([word = '']) => missingProgram(word)],
  [
    /exec: "([^"]+)": permission denied/,
    ([file = '']) =>
      `${file} is a directory or not executable: make a script executable before the build with: chmod +x ${quoteShellWord(baseName(file))}`,
  ],
  [
    // The runtime reports a file that does not exist in other words.
    /^exec (\S+): no such file or directory/m,
    ([file = '']) =>
      `${file} exists, but not the interpreter that its first line names, often because of Windows line ends: remove them before the build with: sed -i 's/\\r$//' ${quoteShellWord(baseName(file))}`,
  ],
  [
    /^(?:.*: )?exec (?:"?(\S+?)"?): exec format error/m,
    ([file], program) =>
      `${file} is a program for another processor, or a script without #! in its first line; compare the image's architecture with: ${program} image inspect --format '{{.Architecture}}' IMAGE`,
  ],
  [
    /Are you trying to mount a directory onto a file/,
    () =>
      'the source and the target of a mount must both be directories or both be files; the daemon creates a source that does not exist as a directory',
  ],
  [
    /unable to find user (\S+):/,
    ([user]) => `the image has no user ${user}: use the number of a user, as in --user 1000`,
  ],
  [
    /could not select device driver .*gpu/,
    () => "install the NVIDIA Container Toolkit on the daemon's host, and restart the daemon",
  ],
]

/** Returns the hint for a word that was taken as the program to run, but is none. */
function missingProgram(word: string): string {
  if (word.startsWith('-')) {
    return `"${word}" was taken as the program to run: write flags before the name of the image or container`
  }
  if (/\s/.test(word)) {
    return `there is no program called "${word}": write the program and its arguments as separate words`
  }
  if (SHELLS.has(baseName(word))) return `the image has no ${word}: try sh`
  return `the image has no program ${word}: check its name, and that the image installs it`
}

function baseName(path: string): string {
  return path.replace(/^.*\//, '')
}
