import { inject } from 'vitest'
import type { EngineKind } from './engines/kinds.ts'
import { type Program, programs } from './run.ts'

/** An engine that the global setup has started. */
export interface ProvidedEngine {
  /** Its name in test titles, such as `engine 20.10.24`. */
  readonly name: string
  readonly kind: EngineKind
  readonly socket: string
  readonly apiVersion: string
}

/** A registry on 127.0.0.1 with one account. */
export interface ProvidedRegistry {
  readonly host: string
  readonly user: string
  readonly password: string
}

/** The engines and the registry of one test worker, which shares them with no other worker. */
export interface ProvidedServices {
  readonly engines: readonly ProvidedEngine[]
  readonly registry: ProvidedRegistry
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** One for each worker of the end-to-end suites. */
    services: readonly ProvidedServices[]
    /** The registry that engines pull `library/` images from. */
    mirrorUrl: string
  }
}

/** Vitest numbers its workers from 1; files that run at the same time have different numbers. */
function services(): ProvidedServices {
  const all = inject('services')
  const own = all[(Number(process.env.VITEST_POOL_ID ?? 1) - 1) % all.length]
  if (own === undefined) throw new Error('no engines were started for this worker')
  return own
}

/** Returns the engines of this worker. */
export function engines(): readonly ProvidedEngine[] {
  return services().engines
}

/**
 * Returns pairs in which each program under test and each engine occurs, because results rarely depend on both: the first
 * program with the last engine, the next one with the engine before it. With `TUG_COMBINATIONS=all`, every program is
 * returned with every engine: `describe.each(combinations())('$program.name on $engine.name', …)`.
 */
export function combinations(): { program: Program; engine: ProvidedEngine }[] {
  const newestFirst = engines().toReversed()
  const all = newestFirst.flatMap((engine) => programs.map((program) => ({ program, engine })))
  if (process.env.TUG_COMBINATIONS === 'all') return all
  const length = Math.max(programs.length, newestFirst.length)
  const pairs = Array.from({ length }, (_, index) => ({
    program: programs[index % programs.length],
    engine: newestFirst[index % newestFirst.length],
  }))
  return all.filter((one) => pairs.some(({ program, engine }) => one.program === program && one.engine === engine))
}

/**
 * Returns the first program with every engine, for tests of what is requested from an engine and printed, which does not
 * depend on the program. Node runs a sample of these commands in the parity suite.
 */
export function firstProgramCombinations(): ReturnType<typeof combinations> {
  return engines().flatMap((engine) => programs.slice(0, 1).map((program) => ({ program, engine })))
}

/** Returns the first program with the last engine, for tests that depend on neither. */
export function oneCombination(): ReturnType<typeof combinations> {
  return firstProgramCombinations().slice(-1)
}

/** Returns the registry with an account. */
export function registry(): ProvidedRegistry {
  return services().registry
}

/** Returns the registry that engines pull `library/` images from. */
export function mirrorUrl(): string {
  return inject('mirrorUrl')
}
