/** Log messages and notes in docker's layout. */
const SHORT_NAMES = { error: 'ERRO', warning: 'WARN' } as const

/**
 * Formats a log message as docker's client does with logrus: a short line on a terminal, or else a record with time and
 * level.
 * @param error the value of the field `error`
 */
export function formatLogLine(
  level: keyof typeof SHORT_NAMES,
  message: string,
  { isTerminal, now, error }: { isTerminal: boolean; now: Date; error?: string },
): string {
  const field = error === undefined ? '' : ` error=${fieldText(error)}`
  if (isTerminal) return `${SHORT_NAMES[level]}[0000] ${message}${field}\n`
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z')
  return `time="${time}" level=${level} msg=${JSON.stringify(message)}${field}\n`
}

/** Quotes a value unless it is a plain word. */
function fieldText(text: string): string {
  return /^[\w.\-/@^+]*$/.test(text) ? text : JSON.stringify(text)
}

/** The prefixes of docker's notes, without and with a terminal. The colors are docker's. */
const PREFIXES = {
  info: { plain: ' Info -> ', terminal: '\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m' },
  warning: { plain: ' Warn -> ', terminal: '\x1b[1m\x1b[103m\x1b[30mw\x1b[0m\x1b[0m \x1b[33mWarn → \x1b[0m\x1b[0m' },
} as const

const INDENT = ' '.repeat(' Info -> '.length)

/**
 * Formats a note as docker does (docker/cli tui.Output): a prefix, and the lines indented behind it.
 * @param emphasize styles a line on a terminal, in addition to italics
 */
export function note(
  kind: keyof typeof PREFIXES,
  lines: readonly string[],
  isTerminal: boolean,
  emphasize: (line: string) => string = (line) => line,
): string {
  const prefix = PREFIXES[kind]
  const styled = isTerminal ? lines.map((line) => `\x1b[3m${emphasize(line)}\x1b[0m`) : lines
  return `\n${isTerminal ? prefix.terminal : prefix.plain}${styled.join(`\n${INDENT}`)}\n`
}
