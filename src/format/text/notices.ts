const SHORT_NAMES = { error: 'ERRO', warning: 'WARN' } as const

/**
 * What docker's client logs (logrus): a record off terminals, a short line on them.
 * @param error the reason, as a field of its own
 */
export function logLine(
  level: keyof typeof SHORT_NAMES,
  message: string,
  { isTerminal, now, error }: { isTerminal: boolean; now: Date; error?: string },
): string {
  const field = error === undefined ? '' : ` error=${fieldText(error)}`
  if (isTerminal) return `${SHORT_NAMES[level]}[0000] ${message}${field}\n`
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z')
  return `time="${time}" level=${level} msg=${JSON.stringify(message)}${field}\n`
}

/** Quoted where it is more than a plain word. */
function fieldText(text: string): string {
  return /^[\w.\-/@^+]*$/.test(text) ? text : JSON.stringify(text)
}

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
