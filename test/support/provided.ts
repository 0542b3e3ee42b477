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

declare module 'vitest' {
  export interface ProvidedContext {
    engines: readonly ProvidedEngine[]
    registry: ProvidedRegistry
    /** The registry that engines pull `library/` images from. */
    mirrorUrl: string
  }
}

/**
 * Returns every program under test with every engine: `describe.each(combinations())('$program.name on $engine.name',
 * …)`.
 */
export function combinations(): { program: Program; engine: ProvidedEngine }[] {
  return inject('engines').flatMap((engine) => programs.map((program) => ({ program, engine })))
}

/** Returns the registry with an account. */
export function registry(): ProvidedRegistry {
  return inject('registry')
}

/** Returns the registry that engines pull `library/` images from. */
export function mirrorUrl(): string {
  return inject('mirrorUrl')
}
