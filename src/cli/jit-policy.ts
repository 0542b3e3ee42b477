/** How long after the start the compiler gets its usual policy back, in milliseconds. Most commands end earlier. */
const SHORT_COMMAND_MS = 100

/** The part of Bun's API that is used here. Bun's own types are not among our dependencies. */
interface BunEngine {
  setJITPolicy(scale: number): void
}

/**
 * Restores the usual policy of the just-in-time compiler once the command has taken longer than most do. The executable
 * starts with one that compiles ten times later (scripts/build.ts), because compiling takes a twentieth of the time of
 * `tug ps`.
 */
export function restoreJitPolicy(): void {
  const engine = bunEngine()
  if (engine !== undefined) setTimeout(() => engine.setJITPolicy(1), SHORT_COMMAND_MS).unref()
}

function bunEngine(): BunEngine | undefined {
  const bun: unknown = Reflect.get(globalThis, 'Bun')
  const engine: unknown = typeof bun === 'object' && bun !== null && 'unsafe' in bun ? bun.unsafe : undefined
  return isEngine(engine) ? engine : undefined
}

function isEngine(value: unknown): value is BunEngine {
  return typeof value === 'object' && value !== null && 'setJITPolicy' in value
}
