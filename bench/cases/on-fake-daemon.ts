import { type Access, type Contents, startFakeDaemon } from '../daemon.ts'
import type { Bench, Case, OpenSubject, Prepared } from './case.ts'

/** A case on the fake daemon: its contents and the arguments of the client at a size. */
export interface FakeCase extends Omit<Case, 'prepare'>, Pick<Prepared, 'output'> {
  contents?(size: number): Contents
  args(size: number): readonly string[]
  /** How the client finds the daemon: by the path of its socket, if nothing else is said. */
  readonly access?: Access
}

/** Returns cases that start a fake daemon for each size. */
export function onFakeDaemon({ scratch }: Bench, cases: readonly FakeCase[]): OpenSubject {
  const prepared = cases.map(({ contents, args, output, access, ...entry }): Case => {
    const prepare = async (size: number) => {
      const daemon = await startFakeDaemon(scratch, contents?.(size) ?? {}, access)
      return { ...daemon, args: args(size), ...(output === undefined ? {} : { output }) }
    }
    return { ...entry, prepare }
  })
  return { cases: prepared }
}

/** Returns the short ids of the fake daemon's first containers. */
export function idsOf(count: number): string[] {
  return Array.from({ length: count }, (_, number) => number.toString(16).padStart(12, '0'))
}
