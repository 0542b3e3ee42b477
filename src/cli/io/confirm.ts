import { ExitStatus } from '../../domain/errors.ts'
import type { Cli } from '../cli.ts'

/**
 * Asks for confirmation before data is lost. Only `y` confirms. The reply is read from stdin even if that is no
 * terminal, so that scripts can pipe it in (docker/cli prompt.Confirm).
 * @throws ExitStatus 0 if a signal comes before the reply, as in docker
 */
export async function confirm(question: string, { in: input, out }: Pick<Cli, 'in' | 'out'>): Promise<boolean> {
  out.write(`${question} [y/N] `)
  const reply = await readLine(input.stream)
  if (reply !== undefined) return reply.trim().toLowerCase() === 'y'
  out.write('\n')
  throw new ExitStatus(0)
}

/**
 * Reads a line, or the rest of the stream if it ends before. Bytes after the line that were already read are lost.
 * @returns undefined if SIGINT or SIGTERM comes first
 */
export function readLine(stdin: NodeJS.ReadStream): Promise<string | undefined> {
  if (stdin.readableEnded) return Promise.resolve('')
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  let text = ''
  const take = (chunk: Uint8Array | string) => {
    text += chunk.toString()
    if (text.includes('\n')) finish(text.slice(0, text.indexOf('\n')))
  }
  const end = () => finish(text)
  const interrupted = () => finish(undefined)
  const finish = (line: string | undefined) => {
    stdin.off('data', take).off('end', end).off('error', end)
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    stdin.pause()
    // An open pipe would keep the process running. Files have no `unref`.
    stdin.unref?.()
    resolve(line)
  }
  stdin.ref?.()
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  stdin.on('end', end).on('error', end).on('data', take).resume()
  return promise
}
