/** How long after the start the compiler is adapted, in milliseconds. Most commands end earlier. */
const SHORT_COMMAND_MS = 100

/** The part of Bun's API that is used here. Bun's own types are not among our dependencies. */
interface BunEngine {
  setJITPolicy(scale: number): void
}

/**
 * Adapts the just-in-time compiler to a command that has taken longer than most do.
 *
 * - The executable starts with a policy that compiles ten times later (scripts/build.ts), because compiling takes a twentieth
 *   of the time of `tug ps`. It gets the usual one back.
 * - Node no longer compiles with Sparkplug in the background: `process.exit` waits for its threads, and a thread that needs
 *   a garbage collection meanwhile waits for the main thread (github.com/nodejs/node/issues/54918).
 */
export function adaptCompilerLater(): void {
  setTimeout(() => {
    const engine = bunEngine()
    if (engine !== undefined) engine.setJITPolicy(1)
    else process.getBuiltinModule('node:v8').setFlagsFromString('--no-concurrent-sparkplug')
  }, SHORT_COMMAND_MS).unref()
}

function bunEngine(): BunEngine | undefined {
  const bun: unknown = Reflect.get(globalThis, 'Bun')
  const engine: unknown = typeof bun === 'object' && bun !== null && 'unsafe' in bun ? bun.unsafe : undefined
  return isEngine(engine) ? engine : undefined
}

function isEngine(value: unknown): value is BunEngine {
  return typeof value === 'object' && value !== null && 'setJITPolicy' in value
}
