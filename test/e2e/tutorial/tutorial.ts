import { fileURLToPath } from 'node:url'
import { EngineState } from '../../support/engine-state.ts'
import { until } from '../../support/engines/http.ts'
import type { combinations, ProvidedEngine } from '../../support/provided.ts'
import { type Program, Shell } from '../../support/run.ts'

/** The folder of the tutorial's Dockerfile. */
export const EXAMPLE = fileURLToPath(new URL('../../../examples/friendlyhello', import.meta.url))

/** One program at one engine, in the middle of the tutorial. */
export interface Tutorial {
  readonly shell: Shell
  readonly state: EngineState
  readonly engine: ProvidedEngine
}

export type Combination = ReturnType<typeof combinations>[number]

/** Begins the tutorial at an engine without containers. */
export async function beginTutorial({
  program,
  engine,
}: {
  program: Program
  engine: ProvidedEngine
}): Promise<Tutorial> {
  const state = new EngineState(engine.socket)
  await state.removeContainers()
  return { shell: await Shell.open(program, { socket: engine.socket }), state, engine }
}

/** Builds the image `friendlyhello`, from the engine's cache where it can. */
export async function buildFriendlyhello({ shell }: Tutorial): Promise<void> {
  await shell.succeed('tug build -t friendlyhello .', { cwd: EXAMPLE })
}

export async function endTutorial({ shell, state }: Tutorial): Promise<void> {
  await state.removeContainers()
  await shell.close()
}

/** What a web server on this machine answers, once it does. */
export function page(port: number): Promise<string> {
  return until({
    attempt: async () => {
      const response = await fetch(`http://127.0.0.1:${port}/`)
      return response.ok ? await response.text() : undefined
    },
    failure: () => `nothing answered on port ${port}`,
    timeout: 20_000,
  })
}

/** Whether anything answers on a port. */
export async function isServing(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  )
}
