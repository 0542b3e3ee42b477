/** Runs one action for each of several names, and reports the errors together at the end. */
import { ConnectionError, describeError, ExitStatus, hintOf } from '../domain/errors.ts'
import { nextTurn } from '../domain/next-turn.ts'
import { BrokenPipeError, type Output } from './io/streams.ts'

/** An object that a command acts on. */
export interface Target {
  /** What was typed, or else the object's name. It is printed. */
  readonly name: string
  /** What requests call the object: what was typed, or else an id, which no other object gets. */
  readonly id: string
}

/** The number of requests that docker sends in parallel. */
const PARALLEL_REQUESTS = 50

/**
 * Runs the action for 50 objects at a time. The names of those that succeed are printed in the order of the objects, each
 * as soon as those before it are done.
 * @param forgive selects errors that are printed to stderr and do not count as failures
 * @throws ExitStatus 1 with the message of each failure, one a line
 */
export async function forEachParallel(
  targets: readonly Target[],
  action: (id: string) => Promise<void>,
  { out, err }: { readonly out: Output; readonly err: Output },
  forgive: (error: unknown) => boolean = () => false,
): Promise<void> {
  const failures: unknown[] = []
  for await (const outcomes of settleInGroups(targets, ({ id }) => action(id))) {
    let names = ''
    const writeNames = () => {
      if (names !== '') out.write(names)
      names = ''
    }
    for (const { item, error } of outcomes) {
      if (error === undefined) names += `${item.name}\n`
      else if (forgive(error)) {
        writeNames()
        err.write(`${describeError(error)}\n`)
      } else failures.push(error)
    }
    writeNames()
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

/**
 * Runs the action for one name after the other, and returns the errors of those that failed.
 * @throws BrokenPipeError as soon as nobody reads the output, where SIGPIPE ends docker
 */
export async function failuresInTurn(
  names: readonly string[],
  action: (name: string) => Promise<void>,
): Promise<unknown[]> {
  const failures: unknown[] = []
  for (const name of names) {
    const { error } = await settle(name, action)
    if (error instanceof BrokenPipeError) throw error
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

/**
 * Throws one error with the messages of all, one a line, and the first hint; nothing if there are none.
 * @throws ConnectionError when the daemon was not reached; ExitStatus 1 for other errors
 */
export function throwFailures(errors: readonly unknown[]): void {
  if (errors.length === 0) return
  const message = errors.map(describeError).join('\n')
  const hint = errors.map(hintOf).find((text) => text !== '')
  throw errors.every((error) => error instanceof ConnectionError)
    ? new ConnectionError(message, hint)
    : new ExitStatus(1, message, hint)
}

/** How the action for one item ended. */
export interface Outcome<T> {
  readonly item: T
  /** Undefined if the action succeeded. */
  readonly error: unknown
}

/** Runs the action for `limit` items at a time and yields the outcomes in the order of the items. */
export async function* settleInOrder<T>(
  items: readonly T[],
  action: (item: T) => Promise<void>,
  limit = PARALLEL_REQUESTS,
): AsyncGenerator<Outcome<T>> {
  for await (const outcomes of settleInGroups(items, action, limit)) yield* outcomes
}

/**
 * Runs the action for `limit` items at a time and yields the outcomes in the order of the items. Those of actions that end
 * in the same turn of the event loop are yielded together, so that their names can be printed by one write.
 */
async function* settleInGroups<T>(
  items: readonly T[],
  action: (item: T) => Promise<void>,
  limit = PARALLEL_REQUESTS,
): AsyncGenerator<readonly Outcome<T>[]> {
  const outcomes = new Map<number, Outcome<T>>()
  const waiting = items.entries()
  let next = 0
  let wake = () => {}
  const work = async () => {
    for (const [index, item] of waiting) {
      outcomes.set(index, await settle(item, action))
      if (index === next) wake()
    }
  }
  for (let worker = 0; worker < Math.min(limit, items.length); worker++) void work()
  while (next < items.length) {
    if (!outcomes.has(next)) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (next < items.length - 1) await nextTurn()
    const group: Outcome<T>[] = []
    for (let outcome = outcomes.get(next); outcome !== undefined; outcome = outcomes.get(next)) {
      group.push(outcome)
      outcomes.delete(next)
      next++
    }
    yield group
  }
}

async function settle<T>(item: T, action: (item: T) => Promise<void>): Promise<Outcome<T>> {
  try {
    await action(item)
    return { item, error: undefined }
  } catch (error) {
    return { item, error }
  }
}
