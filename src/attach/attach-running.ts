import { ExitStatus, messageOf } from '../domain/errors.ts'
import type { AttachStreams, InspectedContainer } from '../engine/api/container-streams.ts'
import type { Engine } from '../engine/engine.ts'
import type { Stdio } from './stdio.ts'
import { stream } from './stream.ts'
import { followWindowSize, windowSize } from './window-size.ts'

/** Requires a container to be running, and neither paused nor restarting. @throws ExitStatus with docker's message */
export function requireRunning({ State }: InspectedContainer): void {
  if (!State.Running) throw new ExitStatus(1, 'You cannot attach to a stopped container, start it first')
  if (State.Paused) throw new ExitStatus(1, 'You cannot attach to a paused container, unpause it first')
  if (State.Restarting) throw new ExitStatus(1, 'You cannot attach to a restarting container, wait until it is running')
}

/**
 * Connects our streams to a running container until it exits.
 * @param exitCode the result of a wait that was started before
 * @returns the container's exit code
 * @throws ExitStatus 1 when the user detached, like docker
 */
export async function attachRunning(
  name: string,
  { streams, tty }: { readonly streams: AttachStreams; readonly tty: boolean },
  exitCode: Promise<number>,
  engine: Engine,
  stdio: Stdio,
): Promise<number> {
  const connection = await engine.containerStreams.attach(name, streams)
  // The container may have exited in the meantime. Then the daemon would never send or close anything.
  try {
    requireRunning(await engine.containerStreams.inspect(name))
  } catch (error) {
    connection.socket.destroy()
    throw error
  }
  const stopFollowing = tty && stdio.out.isTerminal ? await forceRedraw(name, engine, stdio) : () => {}
  try {
    const end = await stream(connection, { stdio, tty, ...streams })
    if (end === 'detached') throw new ExitStatus(1, 'read escape sequence')
    return await exitCode.catch((error: unknown) => {
      throw new ExitStatus(1, messageOf(error))
    })
  } finally {
    stopFollowing()
  }
}

/** Makes a full-screen program redraw its screen: sets a wrong window size, then follows the right one. */
async function forceRedraw(name: string, engine: Engine, stdio: Stdio): Promise<() => void> {
  const resize = (size: readonly [number, number]) => engine.containerStreams.resize(name, size)
  const [rows, columns] = windowSize(stdio.out)
  await resize([rows + 1, columns + 1]).catch(() => {})
  return followWindowSize(stdio.out, resize)
}
