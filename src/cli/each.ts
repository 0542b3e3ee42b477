import { ExitStatus } from '../domain/errors.ts'
import type { Output } from './io/streams.ts'
import { describeError } from './report-error.ts'

/** How many requests docker has under way at once. */
const AT_ONCE = 50

/**
 * Acts on each name, 50 at a time, and echoes the names that worked as they were typed, in that order, as soon as
 * those before them are done.
 * @param forgive errors that are reported and do not count
 * @throws ExitStatus 1 with the errors, one a line, when any did
 */
export async function forEachParallel(
  names: readonly string[],
  act: (name: string) => Promise<void>,
  { out, err }: { readonly out: Output; readonly err: Output },
  forgive: (error: unknown) => boolean = () => false,
): Promise<void> {
  const failures: string[] = []
  for await (const { name, error } of settleInOrder(names, act)) {
    if (error === undefined) out.write(`${name}\n`)
    else if (forgive(error)) err.write(`${describeError(error)}\n`)
    else failures.push(describeError(error))
  }
  if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
}

interface Outcome {
  readonly name: string
  readonly error: unknown
}

/** Works through the names 50 at a time; what is done is handed out as soon as all before it are. */
async function* settleInOrder(names: readonly string[], act: (name: string) => Promise<void>): AsyncGenerator<Outcome> {
  const jobs = names.map((name) => ({ name, outcome: Promise.withResolvers<Outcome>() }))
  const waiting = jobs.values()
  const work = async () => {
    for (const { name, outcome } of waiting) outcome.resolve(await settle(name, act))
  }
  for (let worker = 0; worker < AT_ONCE; worker++) void work()
  for (const { outcome } of jobs) yield await outcome.promise
}

async function settle(name: string, act: (name: string) => Promise<void>): Promise<Outcome> {
  try {
    await act(name)
    return { name, error: undefined }
  } catch (error) {
    return { name, error }
  }
}
