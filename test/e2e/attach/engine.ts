import { EngineState } from '../../support/engine-state.ts'
import type { combinations, ProvidedEngine } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'

/** A program under test and an engine that has the image busybox and no containers. */
export interface Fixture {
  readonly shell: Shell
  readonly state: EngineState
  readonly engine: ProvidedEngine
}

/** Removes the engine's containers and pulls busybox. */
export async function openFixture({ program, engine }: ReturnType<typeof combinations>[number]): Promise<Fixture> {
  const state = new EngineState(engine.socket)
  await state.removeContainers()
  const shell = await Shell.open(program, { socket: engine.socket })
  await shell.succeed('tug pull -q busybox')
  return { shell, state, engine }
}

/** Removes the engine's containers and closes the shell. */
export async function closeFixture({ shell, state }: Fixture): Promise<void> {
  await state.removeContainers()
  await shell.close()
}
