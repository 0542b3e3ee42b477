import { readFileSync } from 'node:fs'
import { UTC, type Zone } from '../domain/go/gotime.ts'
import { parseTzif } from '../domain/go/time-zone.ts'

const DIRECTORIES = ['/usr/share/zoneinfo/', '/usr/share/lib/zoneinfo/', '/usr/lib/locale/TZ/', '/etc/zoneinfo/']

/**
 * Reads the time zone that Go uses: that of `TZ`, or otherwise of `/etc/localtime`; UTC if it cannot be read. This reads a
 * file, so call it only if a time is printed.
 */
export function readLocalZone(env: Readonly<Record<string, string | undefined>>): Zone {
  const { TZ: name } = env
  if (name === undefined) return readZone('/etc/localtime') ?? UTC
  const bare = name.replace(/^:/, '')
  if (bare.startsWith('/')) return readZone(bare) ?? UTC
  if (bare === '' || bare === 'UTC') return UTC
  const directories = env.ZONEINFO === undefined ? DIRECTORIES : [`${env.ZONEINFO}/`, ...DIRECTORIES]
  for (const directory of directories) {
    const zone = readZone(directory + bare)
    if (zone !== undefined) return zone
  }
  return UTC
}

function readZone(path: string): Zone | undefined {
  try {
    return parseTzif(readFileSync(path))
  } catch {
    // As in Go, the next directory is tried, and UTC is the last resort.
    return
  }
}
