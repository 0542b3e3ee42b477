/** Runs one action for each of several names, and reports the errors together at the end. */
import { describeError, ExitStatus } from '../domain/errors.ts'
import type { Output } from './io/streams.ts'

/** The number of requests that docker sends in parallel. */
const PARALLEL_REQUESTS = 50

/**
 * Runs the action for 50 names at a time. Names that succeed are printed in the order typed, each as soon as those
 * before it are done.
 * @param forgive selects errors that are printed to stderr and do not count as failures
 * @throws ExitStatus 1 with the message of each failure, one a line
 */
export async function forEachParallel(
  names: readonly string[],
  action: (name: string) => Promise<void>,
  { out, err }: { readonly out: Output; readonly err: Output },
  forgive: (error: unknown) => boolean = () => false,
): Promise<void> {
  const failures: unknown[] = []
  for await (const { name, error } of settleInOrder(names, action)) {
    if (error === undefined) out.write(`${name}\n`)
    else if (forgive(error)) err.write(`${describeError(error)}\n`)
    else failures.push(error)
  }
  throwFailures(failures)
}

/**
 * Runs the action for one name after the other. A failure does not keep it from the next name.
 * @throws ExitStatus 1 with the message of each failure, one a line, after the last name
 */
export async function forEachInTurn(names: readonly string[], action: (name: string) => Promise<void>): Promise<void> {
  throwFailures(await failuresInTurn(names, action))
}

/** Runs the action for one name after the other, and returns the errors of those that failed. */
export async function failuresInTurn(
  names: readonly string[],
  action: (name: string) => Promise<void>,
): Promise<unknown[]> {
  const failures: unknown[] = []
  for (const name of names) {
    const { error } = await settle(name, action)
    if (error !== undefined) failures.push(error)
  }
  return failures
}

/** Removes one object after the other, and prints the names of those that were removed. @throws ExitStatus 1 */
export async function removeEach(
  names: readonly string[],
  remove: (name: string) => Promise<void>,
  { out }: { readonly out: Output },
): Promise<void> {
  await forEachInTurn(names, async (name) => {
    await remove(name)
    out.write(`${name}\n`)
  })
}

/** @throws ExitStatus 1 with the message of each error, one a line, if there are any */
export function throwFailures(errors: readonly unknown[]): void {
  if (errors.length > 0) throw new ExitStatus(1, errors.map(describeError).join('\n'))
}

interface Outcome {
  readonly name: string
  /** Undefined if the action succeeded. */
  readonly error: unknown
}

/** Runs the action for 50 names at a time and yields the outcomes in the order of the names. */
export async function* settleInOrder(
  names: readonly string[],
  action: (name: string) => Promise<void>,
): AsyncGenerator<Outcome> {
  const jobs = names.map((name) => ({ name, outcome: Promise.withResolvers<Outcome>() }))
  const waiting = jobs.values()
  const work = async () => {
    for (const { name, outcome } of waiting) outcome.resolve(await settle(name, action))
  }
  for (let worker = 0; worker < PARALLEL_REQUESTS; worker++) void work()
  for (const { outcome } of jobs) yield await outcome.promise
}

async function settle(name: string, action: (name: string) => Promise<void>): Promise<Outcome> {
  try {
    await action(name)
    return { name, error: undefined }
  } catch (error) {
    return { name, error }
  }
}
