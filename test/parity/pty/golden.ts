import { readFile, writeFile } from 'node:fs/promises'
import type { Session } from './session.ts'

const RULE = '\n────────\n'

const file = (name: string) => new URL(`golden/${name}.txt`, import.meta.url)

/** Returns a session in the form of its golden file: the screens and the ending, separated by rules. */
export function sessionText({ screens, ending }: Session): string {
  return `${[...screens, ending].join(RULE)}\n`
}

/** Returns the recorded text of a session; an empty one when it has not been recorded. */
export function readSession(name: string): Promise<string> {
  return readFile(file(name), 'utf8').catch(() => '')
}

export async function writeSession(name: string, session: Session): Promise<void> {
  await writeFile(file(name), sessionText(session))
}
