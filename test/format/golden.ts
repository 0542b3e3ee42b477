import { readFileSync } from 'node:fs'
import { FormatError } from '../../src/format/error.ts'

/** The output and exit code of a command. Goldens are those of docker 28.2.2 (see record.ts). */
export interface Response {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** Reads a golden file: the outputs by the title of their case, and the time of the recording. */
export function golden(name: string): { recordedAt: Date; responses: [string, Response][] } {
  const text = readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')
  const { recordedAt, responses }: { recordedAt: number; responses: Record<string, Response> } = JSON.parse(text)
  return { recordedAt: new Date(recordedAt), responses: Object.entries(responses) }
}

/** Returns the output of a command that prints a text. A FormatError gives its message and exit code. */
export async function responseOf(print: () => Promise<string>): Promise<Response> {
  try {
    return { stdout: await print(), stderr: '', exitCode: 0 }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    return { stdout: '', stderr: `${error.message}\n`, exitCode: error.exitCode }
  }
}

/** Returns the flags and the format in the title of a case. */
export function flagsAndFormat(title: string): { flags: readonly string[]; format: string } {
  const separator = title.indexOf('|')
  return { flags: title.slice(0, separator).split(' '), format: title.slice(separator + 1) }
}
