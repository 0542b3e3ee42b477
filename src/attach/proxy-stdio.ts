import { codeOf, ExitStatus, messageOf } from '../domain/errors.ts'
import type { RawConnection } from '../engine/transport/wire.ts'
import { copyInput } from './copy-input.ts'
import { copyOutput } from './copy-output.ts'
import { outputTarget, type Stdio } from './stdio.ts'

/**
 * Copies stdin to a connection and the connection to stdout. The end of stdin half-closes the connection. The end of
 * the connection ends the copy, because stdin may stay open as long as a terminal or an ssh session does (docker/cli
 * cli/command/system/dial_stdio.go).
 * @throws ExitStatus with docker's message when the connection breaks
 */
export async function proxyStdio({ socket, name }: RawConnection, stdio: Pick<Stdio, 'in' | 'out'>): Promise<void> {
  const out = outputTarget(stdio.out)
  const input = copyInput(stdio.in.stream, socket, undefined)
  try {
    await copyOutput(socket, true, { stdout: out, stderr: out })
  } catch (error) {
    throw error instanceof ExitStatus ? error : new ExitStatus(1, copyFailure(error, name))
  } finally {
    input.stop()
    socket.destroy()
  }
}

function copyFailure(error: unknown, name: string): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
  switch (codeOf(cause)) {
    case 'EPIPE':
      return `error while Copy (stdin to stream): write ${name}: write: broken pipe`
    case 'ECONNRESET':
      return `error while Copy (stream to stdout): read ${name}: read: connection reset by peer`
    default:
      return `error while Copy (stream to stdout): ${messageOf(error)}`
  }
}
