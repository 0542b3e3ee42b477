import { readFileSync } from 'node:fs'
import { UTC, type Zone } from '../domain/go/gotime.ts'
import { parseTzif } from '../domain/go/time-zone.ts'

const DIRECTORIES = ['/usr/share/zoneinfo/', '/usr/share/lib/zoneinfo/', '/usr/lib/locale/TZ/', '/etc/zoneinfo/']

/**
 * The zone Go shows times in: that of `TZ`, else that of `/etc/localtime`; UTC when it cannot be read. Reads a file, so
 * ask only when a time is shown.
 */
export function localZone(env: Readonly<Record<string, string | undefined>>): Zone {
  const { TZ: name } = env
  if (name === undefined) return zoneIn('/etc/localtime') ?? UTC
  const bare = name.replace(/^:/, '')
  if (bare.startsWith('/')) return zoneIn(bare) ?? UTC
  if (bare === '' || bare === 'UTC' || bare.includes('..')) return UTC
  const directories = env.ZONEINFO === undefined ? DIRECTORIES : [`${env.ZONEINFO}/`, ...DIRECTORIES]
  for (const directory of directories) {
    const zone = zoneIn(directory + bare)
    if (zone !== undefined) return zone
  }
  return UTC
}

function zoneIn(path: string): Zone | undefined {
  try {
    return parseTzif(readFileSync(path))
  } catch {
    // No such file: Go looks further, or shows UTC.
    return
  }
}
