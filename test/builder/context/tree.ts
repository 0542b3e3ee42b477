import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, lstatSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LONG = 'd'.repeat(99)
const PREFIX = 'p'.repeat(155)

/** Names that tar headers encode in different ways. Each character is a byte, so one name is not valid UTF-8. */
const FILES: readonly string[] = [
  'Dockerfile',
  'empty',
  'block',
  'big',
  'bad\xff',
  'sp ace',
  'new\nline',
  'g'.repeat(100),
  'g'.repeat(101),
  `${LONG}/f`,
  `${LONG}/${LONG}/f`,
  `${LONG}/${LONG}/${LONG}/${'f'.repeat(120)}`,
  `${PREFIX}/a`,
  `${PREFIX}/${'n'.repeat(100)}`,
  `${PREFIX}/${'n'.repeat(101)}`,
  `${'q'.repeat(156)}/a`,
  bytes(`日本/${LONG}/ファイル`),
  bytes('\u{1F600}'),
  bytes('\uFFFF'),
  bytes('é'.repeat(60)),
]
const DIRECTORIES: readonly string[] = ['void', 'e'.repeat(100), 'e'.repeat(101), `${PREFIX}/${'m'.repeat(99)}`]
const CONTENT: Readonly<Record<string, string>> = {
  Dockerfile: 'FROM scratch\n',
  empty: '',
  block: 'b'.repeat(512),
  big: 'x'.repeat(300_000),
}
const LINKS: Readonly<Record<string, string>> = {
  link: 'Dockerfile',
  dangling: 'nowhere',
  outside: '/etc/hostname',
  longlink: 'x/'.repeat(90),
  unilink: 'ファイル',
}
const HARD_LINKS: Readonly<Record<string, string>> = { zlink: 'big', 'void/again': 'big', unilink2: 'unilink' }
const MODES: Readonly<Record<string, number>> = { block: 0o7755, empty: 0o600, void: 0o1777 }
const TIMES: Readonly<Record<string, number>> = { empty: -315_619_200, block: 1_577_836_800.999, big: 10_413_792_000 }

/** Creates a directory that is the same on every machine, so that archives of it can be compared byte by byte. */
export function makeTree(root: string): void {
  const at = (path: string) => Buffer.from(`${root}/${path}`, 'latin1')
  for (const path of DIRECTORIES) mkdirSync(at(path), { recursive: true })
  for (const path of FILES) {
    const slash = path.lastIndexOf('/')
    if (slash > 0) mkdirSync(at(path.slice(0, slash)), { recursive: true })
    writeFileSync(at(path), CONTENT[path] ?? 'c')
  }
  for (const path in LINKS) symlinkSync(LINKS[path] ?? '', at(path))
  for (const path in HARD_LINKS) linkSync(at(HARD_LINKS[path] ?? ''), at(path))
  execFileSync('mkfifo', [join(root, 'pipe')])
  fixTimes([...DIRECTORIES, ...FILES, ...Object.keys(LINKS), ...Object.keys(HARD_LINKS), 'pipe'], at)
}

/**
 * Sets modes and times, which must not depend on umask and clock. Deeper paths come first, because their creation
 * changed the times of their parents.
 */
function fixTimes(paths: readonly string[], at: (path: string) => Buffer): void {
  const all = new Set(paths.flatMap((path) => [path, ...parentsOf(path)]))
  for (const path of [...all].sort((a, b) => b.length - a.length)) {
    const stats = lstatSync(at(path))
    if (!stats.isSymbolicLink()) chmodSync(at(path), MODES[path] ?? (stats.isDirectory() ? 0o755 : 0o644))
    // A Date, because Node treats a negative number as the current time.
    const time = new Date((TIMES[path] ?? 1_000_000_000) * 1000)
    lutimesSync(at(path), time, time)
  }
}

function parentsOf(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

function bytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}
