import { type Contents, startFakeDaemon } from '../daemon.ts'
import type { Bench, Case, OpenSubject } from './case.ts'

/** A case on the fake daemon: its contents and the arguments of the client at a size. */
export interface FakeCase extends Omit<Case, 'prepare'> {
  contents?(size: number): Contents
  args(size: number): readonly string[]
  /** Whether stdout is a pipe that `cat` reads. It is /dev/null otherwise. */
  readonly isPiped?: boolean
}

/** Returns cases that start a fake daemon for each size. */
export function onFakeDaemon({ scratch }: Bench, cases: readonly FakeCase[]): OpenSubject {
  const prepared = cases.map(({ contents, args, isPiped = false, ...entry }): Case => {
    const prepare = async (size: number) => {
      const { host, close } = await startFakeDaemon(scratch, contents?.(size) ?? {})
      return { args: args(size), host, isPiped, close }
    }
    return { ...entry, prepare }
  })
  return { cases: prepared }
}

/** Returns the short ids of the fake daemon's first containers. */
export function idsOf(count: number): string[] {
  return Array.from({ length: count }, (_, number) => number.toString(16).padStart(12, '0'))
}
