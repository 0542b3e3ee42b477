/** The heads of docker's notes, by what they are and where they are shown. Colors and boldness are docker's. */
const HEADS = {
  info: { plain: ' Info -> ', fancy: '\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m' },
  warning: { plain: ' Warn -> ', fancy: '\x1b[1m\x1b[103m\x1b[30mw\x1b[0m\x1b[0m \x1b[33mWarn → \x1b[0m\x1b[0m' },
} as const

const INDENT = ' '.repeat(' Info -> '.length)

/**
 * A note as docker sets it: a head, and the lines below each other behind it.
 * @param emphasize draws a line on terminals, before it is set in italics
 */
export function note(
  kind: keyof typeof HEADS,
  lines: readonly string[],
  isTerminal: boolean,
  emphasize: (line: string) => string = (line) => line,
): string {
  const head = HEADS[kind]
  const shown = isTerminal ? lines.map((line) => `\x1b[3m${emphasize(line)}\x1b[0m`) : lines
  return `\n${isTerminal ? head.fancy : head.plain}${shown.join(`\n${INDENT}`)}\n`
}
