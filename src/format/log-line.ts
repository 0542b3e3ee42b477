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
