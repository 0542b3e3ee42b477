import { readFileSync } from 'node:fs'
import { FormatError } from '../../src/format/error.ts'

/** What docker 28.2.2 responded (see record.ts). */
export interface Response {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** Recorded responses by the title of their case, and the time they were given at. */
export function golden(name: string): { recordedAt: Date; responses: [string, Response][] } {
  const text = readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')
  const { recordedAt, responses }: { recordedAt: number; responses: Record<string, Response> } = JSON.parse(text)
  return { recordedAt: new Date(recordedAt), responses: Object.entries(responses) }
}

/** What a command that prints this would response: a FormatError is its message and its exit code. */
export async function responseOf(print: () => Promise<string>): Promise<Response> {
  try {
    return { stdout: await print(), stderr: '', exitCode: 0 }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { stdout: '', stderr: `${error.message}\n`, exitCode: error.exitCode }
  }
}

/** The flags and the format in the title of a case. */
export function flagsAndFormat(title: string): { flags: readonly string[]; format: string } {
  const bar = title.indexOf('|')
  return { flags: title.slice(0, bar).split(' '), format: title.slice(bar + 1) }
}
