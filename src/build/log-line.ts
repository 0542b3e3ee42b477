/** A warning as docker's client logs it (logrus): a record off terminals, a short line on them. */
export function errorLogLine(message: string, isTerminal: boolean, now: Date): string {
  if (isTerminal) return `ERRO[0000] ${message}\n`
  const time = now.toISOString().replace(/\.\d+Z$/, 'Z')
  return `time="${time}" level=error msg=${JSON.stringify(message)}\n`
}
