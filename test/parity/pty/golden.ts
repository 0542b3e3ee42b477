import { readFile, writeFile } from 'node:fs/promises'
import type { Play } from './play.ts'

const RULE = '\n────────\n'

const file = (name: string) => new URL(`golden/${name}.txt`, import.meta.url)

/** A play as it is kept: screens as they were seen, one below the other. */
export function playText({ frames, ending }: Play): string {
  return `${[...frames, ending].join(RULE)}\n`
}

/** What the reference client did; empty when it has not been recorded. */
export function readPlay(name: string): Promise<string> {
  return readFile(file(name), 'utf8').catch(() => '')
}

export async function writePlay(name: string, play: Play): Promise<void> {
  await writeFile(file(name), playText(play))
}
