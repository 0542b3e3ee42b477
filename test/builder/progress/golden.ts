import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

/** The output of the reference client, its bytes as Latin-1, and its exit code. */
export interface Response {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** The screens of the reference client. */
export interface Screens {
  readonly exitCode: number
  /** The rows of the screen at each recorded time. */
  readonly snapshots: readonly (readonly string[])[]
  readonly end: readonly string[]
}

export function readScreens(): Record<string, Screens> {
  const file = fileOf('terminal')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

export function writeScreens(screens: Readonly<Record<string, Screens>>): void {
  writeFileSync(fileOf('terminal'), `${JSON.stringify(screens, null, 1)}\n`)
}

/** Reads recorded outputs by the names of their cases. */
export function readGolden(name: string): Record<string, Response> {
  const file = fileOf(name)
  if (!existsSync(file)) return {}
  const stored: Record<string, { exitCode: number; stdout: string[]; stderr: string[] }> = JSON.parse(
    readFileSync(file, 'utf8'),
  )
  return Object.fromEntries(
    Object.entries(stored).map(([title, { exitCode, stdout, stderr }]) => [
      title,
      { exitCode, stdout: stdout.join('\n'), stderr: stderr.join('\n') },
    ]),
  )
}

export function writeGolden(name: string, responses: Readonly<Record<string, Response>>): void {
  const entries = Object.entries(responses).map(([title, { exitCode, stdout, stderr }]) => {
    const stored = { exitCode, stdout: stdout.split('\n'), stderr: stderr.split('\n') }
    return `${JSON.stringify(title)}: ${JSON.stringify(stored, null, 1)}`
  })
  mkdirSync(new URL('golden/', import.meta.url), { recursive: true })
  writeFileSync(fileOf(name), `{\n${entries.join(',\n')}\n}\n`)
}

function fileOf(name: string): URL {
  return new URL(`golden/${name}.json`, import.meta.url)
}
