import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from '../generate/package-facts.ts'
import type { Platform } from './platforms.ts'
import { runtimeFor } from './runtimes.ts'

/**
 * Returns the executable of a platform. That of this machine is the one that `npm run build` made.
 * @param directory where the executables of other platforms are built
 */
export function executableFor(platform: Platform, directory: string): string {
  if (platform.os === process.platform && platform.cpu === process.arch) return join(ROOT, 'dist/tug')
  const outfile = join(directory, `tug-${platform.name}`)
  const target = `bun-${platform.name}`
  const bun = join(ROOT, 'node_modules/.bin/bun')
  execFileSync(bun, ['scripts/build.ts', outfile, target, runtimeFor(platform)], { cwd: ROOT, stdio: 'inherit' })
  return outfile
}
