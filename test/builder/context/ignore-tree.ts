import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A build context's ignore file, and what docker did with it. */
export interface IgnoreCase {
  /** The text of .dockerignore. */
  readonly ignore: string
  /** The Dockerfile named by `-f`, within the context. */
  readonly file?: string
  /** The names that docker sent, in its order. */
  readonly sent?: readonly string[]
  /** The error, when docker sent nothing. */
  readonly error?: string
}

/** Recorded from the archives that `docker build` 28.2.2 (classic builder) sent. */
const golden: { readonly tree: readonly string[]; readonly cases: readonly IgnoreCase[] } = JSON.parse(
  readFileSync(new URL('golden/dockerignore.json', import.meta.url), 'utf8'),
)

export const { cases } = golden

/** Creates the build context of the cases and returns its path. */
export function makeIgnoreTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'tug-ignore-'))
  for (const path of golden.tree) {
    const full = join(root, path)
    mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true })
    if (!path.endsWith('/')) writeFileSync(full, 'x')
  }
  return root
}
