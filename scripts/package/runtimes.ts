import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../generate/package-facts.ts'
import type { Platform } from './platforms.ts'

const CACHE = join(ROOT, 'node_modules/.cache/tug/runtimes')

/**
 * Returns Bun's executable for a platform. npm installs only this machine's, so the others are fetched with `npm pack` and
 * compared with the digest in package-lock.json, as `npm ci` does. They are kept in `node_modules/.cache`.
 * @throws Error when npm cannot fetch it, or its digest is another one
 */
export function runtimeFor({ runtime }: Platform): string {
  const { version, integrity } = lockedPackage(`node_modules/@oven/${runtime}`)
  const directory = join(CACHE, `${runtime}-${version}`)
  const executable = join(directory, 'bin/bun')
  if (existsSync(executable)) return executable
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(join(CACHE, 'fetch-'))
  try {
    const specifier = `@oven/${runtime}@${version}`
    const file = execFileSync('npm', ['pack', '--silent', specifier], { cwd: work, encoding: 'utf8' }).trim()
    const digest = `sha512-${createHash('sha512')
      .update(readFileSync(join(work, file)))
      .digest('base64')}`
    if (digest !== integrity) throw new Error(`${specifier} has the digest ${digest}, not that of package-lock.json`)
    execFileSync('tar', ['-xzf', file], { cwd: work })
    rmSync(directory, { recursive: true, force: true })
    renameSync(join(work, 'package'), directory)
  } finally {
    rmSync(work, { recursive: true })
  }
  return executable
}

function lockedPackage(path: string): { version: string; integrity: string } {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const locked = packages[path]
  if (locked === undefined) throw new Error(`package-lock.json does not have ${path}`)
  return locked
}
