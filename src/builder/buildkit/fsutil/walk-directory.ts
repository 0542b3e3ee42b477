import { type BigIntStats, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../../archive/byte-path.ts'
import { codeOf, pathErrorText } from '../../../domain/errors.ts'
import { type DirectoryResults, NO_RESULTS, type PathFilter } from '../../context/path-filter.ts'
import { goMode } from './mode.ts'
import type { FileStat } from './packet.ts'

const NO_LINK = Buffer.alloc(0)

interface Directory {
  readonly fullPath: BytePath
  /** The path from the root, with a `/` at its end where it is not empty. */
  readonly prefix: BytePath
  readonly results: DirectoryResults
  /** The directory's own stat, sent late where nothing but something in it is wanted. */
  readonly own: LateStat | undefined
}

interface LateStat {
  readonly parent: LateStat | undefined
  readonly stat: FileStat
  isSent: boolean
}

/**
 * What a filter lets through of a directory, every directory before what is in it, in fsutil's order. What vanishes
 * while it is looked at is left out.
 * @param root an absolute path without links
 * @throws Error with Go's text for what may not be read
 */
export function* walkDirectory(root: string, filter: PathFilter): Generator<FileStat> {
  const seen = new Map<bigint, Buffer>()
  yield* walk({ fullPath: bytePath(root), prefix: '', results: NO_RESULTS, own: undefined }, filter, seen)
}

function* walk(directory: Directory, filter: PathFilter, seen: Map<bigint, Buffer>): Generator<FileStat> {
  for (const name of namesIn(directory.fullPath)) {
    const fullPath = `${directory.fullPath}/${name}`
    const path = directory.prefix + name
    const stats = lookAt(fullPath)
    if (!stats) continue
    const isDirectory = stats.isDirectory()
    const { verdict, results } = filter.judge(directory.results, displayPath(path), isDirectory)
    if (verdict === 'prune' || (verdict === 'enter' && !isDirectory)) continue
    const stat = fileStat(path, fullPath, stats, seen)
    if (!stat) continue
    const late = { parent: directory.own, stat, isSent: false }
    if (verdict === 'send') yield* unsent(late)
    if (isDirectory) yield* walk({ fullPath, prefix: `${path}/`, results, own: late }, filter, seen)
  }
}

/** The stats of the directories above that were not sent yet, and this one. */
function* unsent(late: LateStat): Generator<FileStat> {
  if (late.isSent) return
  if (late.parent) yield* unsent(late.parent)
  late.isSent = true
  yield late.stat
}

function namesIn(fullPath: BytePath): BytePath[] {
  return present('open', fullPath, () => readdirSync(systemPath(fullPath), { encoding: 'latin1' }))?.sort() ?? []
}

function lookAt(fullPath: BytePath): BigIntStats | undefined {
  return present('lstat', fullPath, () => lstatSync(systemPath(fullPath), { bigint: true }))
}

function fileStat(
  path: BytePath,
  fullPath: BytePath,
  stats: BigIntStats,
  seen: Map<bigint, Buffer>,
): FileStat | undefined {
  const bytes = systemPath(path)
  const isDirectory = stats.isDirectory()
  const link = stats.isSymbolicLink() ? targetOf(fullPath) : isDirectory ? NO_LINK : earlierPath(bytes, stats, seen)
  if (!link) return undefined
  const device = stats.isBlockDevice() || stats.isCharacterDevice() ? Number(stats.rdev) : 0
  return {
    path: bytes,
    mode: goMode(Number(stats.mode)),
    size: isDirectory ? 0 : Number(stats.size),
    modified: stats.mtimeNs,
    link,
    deviceMajor: (device >>> 8) & 0xfff,
    deviceMinor: (device & 0xff) | ((device >>> 12) & 0xf_ff00),
  }
}

function targetOf(fullPath: BytePath): Buffer | undefined {
  return present('readlink', fullPath, () => readlinkSync(systemPath(fullPath), { encoding: 'buffer' }))
}

/** The path of the same file that came before; empty when this is the first one. */
function earlierPath(path: Buffer, { ino, nlink }: BigIntStats, seen: Map<bigint, Buffer>): Buffer {
  if (nlink < 2n) return NO_LINK
  const earlier = seen.get(ino)
  if (!earlier) seen.set(ino, path)
  return earlier ?? NO_LINK
}

/** What a system call responses, or undefined for what is no longer there. */
function present<T>(operation: string, fullPath: BytePath, look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw new Error(pathErrorText(operation, displayPath(fullPath), error))
  }
}
