/** The end of what a container prints, for reports about containers that fail. */
import { setTimeout as sleep } from 'node:timers/promises'
import { copyOutput, copyResponse } from '../../attach/copy-output.ts'
import type { OutputTarget } from '../../attach/stdio.ts'
import { LastLines } from '../../domain/container/last-lines.ts'
import type { Engine } from '../../engine/engine.ts'

/** The number of lines that are reported. */
const REPORTED_LINES = 10

/** How long a daemon may take to send what a container has printed, in milliseconds. */
const READ_TIME_MS = 5000

/** The output of a container, which is collected while it runs. */
export interface CollectedOutput {
  /** Returns the last lines of a container that has ended. */
  lines(): Promise<readonly string[]>
  /** Closes the connection. */
  close(): void
}

/**
 * Attaches to a container that has not been started, to collect the end of its output. It is for containers whose log the
 * daemon removes when they end.
 * @returns undefined if the daemon refuses
 */
export async function collectOutput(id: string, tty: boolean, engine: Engine): Promise<CollectedOutput | undefined> {
  const streams = { stdin: false, stdout: true, stderr: true, detachKeys: '' }
  const connection = await engine.containerStreams.attach(id, streams).catch(() => undefined)
  if (connection === undefined) return undefined
  const { socket } = connection
  const end = new LastLines(REPORTED_LINES)
  // An error only means that the report is shorter.
  const ended = copyOutput(socket, tty, targetsOf(end)).catch(() => {})
  return {
    lines: async () => {
      await Promise.race([ended, sleep(READ_TIME_MS, undefined, { ref: false })])
      return end.lines()
    },
    close: () => socket.destroy(),
  }
}

/** Returns the last lines of a container's log. @throws EngineError for a log driver that cannot be read; ConnectionError */
export async function readLogEnd(id: string, tty: boolean, engine: Engine): Promise<readonly string[]> {
  const request = { follow: false, timestamps: false, details: false, since: '', until: '', tail: `${REPORTED_LINES}` }
  const end = new LastLines(REPORTED_LINES)
  const log = await engine.containerStreams.logs(id, request, AbortSignal.timeout(READ_TIME_MS))
  await copyResponse(log, tty, targetsOf(end))
  return end.lines()
}

/** Returns the last lines of a text. */
export function lastLinesOf(text: string): readonly string[] {
  const end = new LastLines(REPORTED_LINES)
  end.add(new TextEncoder().encode(text))
  return end.lines()
}

function targetsOf(end: LastLines): { stdout: OutputTarget; stderr: OutputTarget } {
  const target: OutputTarget = {
    write(bytes, done) {
      end.add(bytes)
      done?.()
      return true
    },
    on() {},
    once() {},
  }
  return { stdout: target, stderr: target }
}
