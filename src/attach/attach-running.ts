import { ExitStatus, messageOf } from '../domain/errors.ts'
import type { AttachStreams, InspectedContainer } from '../engine/api/container-streams.ts'
import type { Engine } from '../engine/engine.ts'
import type { Stdio } from './stdio.ts'
import { stream } from './stream.ts'
import { followWindowSize, windowSize } from './window-size.ts'

/** Only a container that runs can be attached to. @throws ExitStatus in docker's words */
export function requireRunning({ State }: InspectedContainer): void {
  if (!State.Running) throw new ExitStatus(1, 'You cannot attach to a stopped container, start it first')
  if (State.Paused) throw new ExitStatus(1, 'You cannot attach to a paused container, unpause it first')
  if (State.Restarting) throw new ExitStatus(1, 'You cannot attach to a restarting container, wait until it is running')
}

/**
 * Connects to a running container until it ends.
 * @param exitCode of the wait that began before
 * @returns the container's exit code
 * @throws ExitStatus 1 when the person detached, as docker has it
 */
export async function attachRunning(
  name: string,
  { streams, tty }: { readonly streams: AttachStreams; readonly tty: boolean },
  exitCode: Promise<number>,
  engine: Engine,
  stdio: Stdio,
): Promise<number> {
  const connection = await engine.containerStreams.attach(name, streams)
  // It may have ended meanwhile; then nothing would ever come over the connection.
  try {
    requireRunning(await engine.containerStreams.inspect(name))
  } catch (error) {
    connection.socket.destroy()
    throw error
  }
  const stopFollowing = tty && stdio.out.isTerminal ? await redraw(name, engine, stdio) : () => {}
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

/** A program draws its screen anew when the size changes: change it, then set it right. */
async function redraw(name: string, engine: Engine, stdio: Stdio): Promise<() => void> {
  const resize = (size: readonly [number, number]) => engine.containerStreams.resize(name, size)
  const [rows, columns] = windowSize(stdio.out)
  await resize([rows + 1, columns + 1]).catch(() => {})
  return followWindowSize(stdio.out, resize)
}
