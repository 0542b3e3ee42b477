import { ExitStatus } from '../../domain/errors.ts'
import type { Cli } from '../cli.ts'

/**
 * Asks before something is lost. Only `y` is a yes; it is read from stdin whatever stdin is, so that scripts can pipe it
 * in (docker/cli prompt.Confirm).
 * @throws ExitStatus 0 when a signal ends the question, as docker ends then
 */
export async function confirm(question: string, { in: input, out }: Pick<Cli, 'in' | 'out'>): Promise<boolean> {
  out.write(`${question} [y/N] `)
  const response = await firstLine(input.stream)
  if (response !== undefined) return response.trim().toLowerCase() === 'y'
  out.write('\n')
  throw new ExitStatus(0)
}

/** The next line, or what there is of it; what was read behind it is lost. Undefined when a signal came first. */
export function firstLine(stdin: NodeJS.ReadStream): Promise<string | undefined> {
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
    // A pipe that somebody keeps open would keep the process. Files have nothing to let go of.
    stdin.unref?.()
    resolve(line)
  }
  stdin.ref?.()
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  stdin.on('end', end).on('error', end).on('data', take).resume()
  return promise
}
