import { type BigIntStats, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../../archive/byte-path.ts'
import { codeOf, pathErrorText } from '../../../domain/errors.ts'
import { type DirectoryResults, NO_RESULTS, type PathFilter } from '../../context/path-filter.ts'
import { toGoMode } from './mode.ts'
import type { FileStat } from './packet.ts'

const NO_LINK = Buffer.alloc(0)

interface Directory {
  readonly fullPath: BytePath
  /** The path from the root, which ends with `/` unless it is empty. */
  readonly prefix: BytePath
  readonly results: DirectoryResults
  /** The metadata of the directory itself, which is sent late when only some of its entries are requested. */
  readonly own: PendingStat | undefined
}

interface PendingStat {
  readonly parent: PendingStat | undefined
  readonly stat: FileStat
  isSent: boolean
}

/**
 * Yields the entries of a directory that pass a filter, each directory before its entries, in fsutil's order. Entries
 * that vanish during the walk are left out.
 * @param root an absolute path without links
 * @throws Error with Go's text for entries that cannot be read
 */
export function* walkDirectory(root: string, filter: PathFilter): Generator<FileStat> {
  const seen = new Map<bigint, Buffer>()
  yield* walk({ fullPath: bytePath(root), prefix: '', results: NO_RESULTS, own: undefined }, filter, seen)
}

function* walk(directory: Directory, filter: PathFilter, seen: Map<bigint, Buffer>): Generator<FileStat> {
  for (const name of namesIn(directory.fullPath)) {
    const fullPath = `${directory.fullPath}/${name}`
    const path = directory.prefix + name
    const stats = readStats(fullPath)
    if (!stats) continue
    const isDirectory = stats.isDirectory()
    const { verdict, results } = filter.judge(directory.results, displayPath(path), isDirectory)
    if (verdict === 'prune' || (verdict === 'enter' && !isDirectory)) continue
    const stat = fileStat(path, fullPath, stats, seen)
    if (!stat) continue
    const pendingStat = { parent: directory.own, stat, isSent: false }
    if (verdict === 'send') yield* sendPending(pendingStat)
    if (isDirectory) yield* walk({ fullPath, prefix: `${path}/`, results, own: pendingStat }, filter, seen)
  }
}

/** Yields the metadata of an entry after that of the directories above it that has not been sent yet. */
function* sendPending(pendingStat: PendingStat): Generator<FileStat> {
  if (pendingStat.isSent) return
  if (pendingStat.parent) yield* sendPending(pendingStat.parent)
  pendingStat.isSent = true
  yield pendingStat.stat
}

function namesIn(fullPath: BytePath): BytePath[] {
  return ifPresent('open', fullPath, () => readdirSync(systemPath(fullPath), { encoding: 'latin1' }))?.sort() ?? []
}

function readStats(fullPath: BytePath): BigIntStats | undefined {
  return ifPresent('lstat', fullPath, () => lstatSync(systemPath(fullPath), { bigint: true }))
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
    mode: toGoMode(Number(stats.mode)),
    size: isDirectory ? 0 : Number(stats.size),
    modified: stats.mtimeNs,
    link,
    deviceMajor: (device >>> 8) & 0xfff,
    deviceMinor: (device & 0xff) | ((device >>> 12) & 0xf_ff00),
  }
}

function targetOf(fullPath: BytePath): Buffer | undefined {
  return ifPresent('readlink', fullPath, () => readlinkSync(systemPath(fullPath), { encoding: 'buffer' }))
}

/** Returns the earlier path of the same file; empty when this is the first one. */
function earlierPath(path: Buffer, { ino, nlink }: BigIntStats, seen: Map<bigint, Buffer>): Buffer {
  if (nlink < 2n) return NO_LINK
  const earlier = seen.get(ino)
  if (!earlier) seen.set(ino, path)
  return earlier ?? NO_LINK
}

/** Returns the result of a system call; undefined when the entry no longer exists. */
function ifPresent<T>(operation: string, fullPath: BytePath, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw new Error(pathErrorText(operation, displayPath(fullPath), error))
  }
}
