/** Pulls or pushes several images in parallel. A failure of one does not stop the others. */
import type { Cli } from '../../cli/cli.ts'
import { settleInOrder } from '../../cli/each.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { BrokenPipeError, type Output } from '../../cli/io/streams.ts'
import { ConnectionError, describeError, ExitStatus, hintOf, messageOf } from '../../domain/errors.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import { authKey, repositoryName } from '../../domain/image/reference.ts'
import { failureOf, type ProgressOutput } from '../../format/progress/display.ts'
import { SeveralDisplay } from '../../format/progress/several.ts'
import { registryAuths } from '../registry/registry-auth.ts'
import { withRegistryHint } from '../registry/registry-hint.ts'
import { NO_PROGRESS, printTransfer, type Transfer } from './transfer.ts'

/** The number of images that are transferred in parallel. The daemon limits the layers itself. */
const PARALLEL_TRANSFERS = 4

/** How long cancelled requests may take to end, in milliseconds. */
const PATIENCE = 1000

/** The size of the output that is held back for one image, in characters. */
const MAX_HELD = 1024 * 1024

/** Sends the request of a transfer. */
type Start = () => Promise<AsyncIterable<JsonMessage>>

/** Prints transfers while they run. */
interface Printer {
  /** Starts a transfer and prints its messages. @throws OperationError with the daemon's message */
  print(transfer: Transfer, start: Start, signal: AbortSignal): Promise<void>
  /** Called for each transfer that has ended, in the order of the transfers. */
  end(transfer: Transfer): void
  /** Called when all transfers have ended. */
  finish(): void
}

/**
 * Runs the transfers, a few in parallel. On a terminal, one display shows all of them. Elsewhere, and with `--quiet`, the
 * output is that of one command for each image, in the order in which they were typed.
 * @throws ExitStatus 1 with the names and messages of those that failed; ConnectionError if none reached the daemon
 */
export async function transferSeveral(transfers: readonly Transfer[], isQuiet: boolean, cli: Cli): Promise<void> {
  const references = transfers.map(({ reference }) => reference)
  const auths = await registryAuths(references, cli)
  const printer = cli.out.isTerminal && !isQuiet ? new TerminalPrinter(cli) : new BlockPrinter(transfers, isQuiet, cli)
  await untilInterrupted((interruption) => transferAll(transfers, { auths, printer, interruption }), {
    patience: PATIENCE,
  })
}

interface TransferEnvironment {
  /** The X-Registry-Auth headers by the keys of the registries' credentials. */
  readonly auths: ReadonlyMap<string, string>
  readonly printer: Printer
  /** Aborted when the user interrupts the command. */
  readonly interruption: AbortSignal
}

async function transferAll(
  transfers: readonly Transfer[],
  { auths, printer, interruption }: TransferEnvironment,
): Promise<void> {
  const aborter = new AbortController()
  const signal = AbortSignal.any([interruption, aborter.signal])
  const failures = new Map<Transfer, unknown>()
  const turns = new RepositoryTurns()
  const run = async (transfer: Transfer) => {
    const { domain } = transfer.reference
    const auth = auths.get(authKey(transfer.reference)) ?? ''
    try {
      await turns.run(transfer, async () => {
        signal.throwIfAborted()
        await withRegistryHint(domain, () => printer.print(transfer, () => transfer.start(auth, signal), signal))
      })
    } catch (error) {
      // What an interruption cancelled is no failure of its own.
      if (!signal.aborted) failures.set(transfer, error)
      throw error
    }
  }
  try {
    for await (const { item, error } of settleInOrder(transfers, run, PARALLEL_TRANSFERS)) {
      if (error instanceof BrokenPipeError) throw error
      printer.end(item)
    }
    printer.finish()
  } finally {
    aborter.abort()
  }
  if (interruption.aborted || failures.size > 0) throw joinFailures(transfers, failures)
}

/** Runs exclusive transfers of one repository one after the other. */
class RepositoryTurns {
  readonly #last = new Map<string, Promise<unknown>>()

  async run({ reference, isExclusive }: Transfer, work: () => Promise<void>): Promise<void> {
    if (!isExclusive) return work()
    const repository = repositoryName(reference)
    const turn = (this.#last.get(repository) ?? Promise.resolve()).then(work)
    // The next turn comes after a failure, too.
    this.#last.set(
      repository,
      turn.catch(() => {}),
    )
    return turn
  }
}

function joinFailures(transfers: readonly Transfer[], failures: ReadonlyMap<Transfer, unknown>): Error {
  const failed = transfers.filter((transfer) => failures.has(transfer))
  const errors = failed.map((transfer) => failures.get(transfer))
  const [first] = errors
  // If no transfer reached the daemon, one message says all.
  const isSame = (error: unknown) => error instanceof ConnectionError && error.message === messageOf(first)
  if (first instanceof ConnectionError && errors.length === transfers.length && errors.every(isSame)) return first
  const lines = failed.map((transfer, index) => `${transfer.name}: ${describeError(errors[index])}`)
  return new ExitStatus(
    1,
    lines.join('\n'),
    errors.map(hintOf).find((hint) => hint !== ''),
  )
}

/** Prints to a terminal: one display for all, and docker's notes below it. */
class TerminalPrinter implements Printer {
  readonly #out: Output
  readonly #display: SeveralDisplay
  readonly #notes: string[] = []

  constructor({ out, now }: Cli) {
    this.#out = out
    this.#display = new SeveralDisplay(out, now)
  }

  async print({ name, formatNote }: Transfer, start: Start, signal: AbortSignal): Promise<void> {
    const image = this.#display.start(name)
    try {
      for await (const message of await start()) {
        const failure = failureOf(message)
        if (failure) throw failure
        if (message.aux) this.#notes.push(formatNote(message.aux, true))
        else this.#display.update(image, message)
      }
    } catch (error) {
      this.#display.end(image, signal.aborted ? 'interrupted' : `failed: ${describeError(error)}`)
      throw error
    }
    this.#display.end(image)
  }

  end(): void {}

  finish(): void {
    for (const note of this.#notes) this.#out.write(note)
  }
}

/** Prints what a command for each image would print, one image after the other. */
class BlockPrinter implements Printer {
  readonly #blocks: ReadonlyMap<Transfer, Block>
  readonly #waiting: Iterator<Block>
  readonly #isQuiet: boolean
  readonly #now: () => Date

  constructor(transfers: readonly Transfer[], isQuiet: boolean, { out, now }: Cli) {
    this.#blocks = new Map(transfers.map((transfer) => [transfer, new Block(out)]))
    this.#waiting = this.#blocks.values()
    this.#isQuiet = isQuiet
    this.#now = now
    this.#openNext()
  }

  async print(transfer: Transfer, start: Start): Promise<void> {
    const block = this.#blocks.get(transfer)
    if (block === undefined) return
    block.write(transfer.opening)
    const progress = this.#isQuiet ? NO_PROGRESS : block
    await printTransfer(transfer, block.throttle(await start()), { out: block, progress, now: this.#now })
  }

  end(): void {
    this.#openNext()
  }

  finish(): void {}

  #openNext(): void {
    const next = this.#waiting.next()
    if (next.done !== true) next.value.open()
  }
}

/** The output of one image, which is held back until it is the image's turn. */
class Block implements ProgressOutput {
  readonly isTerminal = false
  readonly columns = 0
  readonly #out: Output
  readonly #opened = Promise.withResolvers<void>()
  #isOpen = false
  #held = ''

  constructor(out: Output) {
    this.#out = out
  }

  write(text: string): void {
    if (this.#isOpen) this.#out.write(text)
    else this.#held += text
  }

  /** Prints what was held back. From now on, output is printed at once. */
  open(): void {
    this.#isOpen = true
    this.#out.write(this.#held)
    this.#held = ''
    this.#opened.resolve()
  }

  /** Yields the messages, but waits for the image's turn when too much output is held back. */
  async *throttle(messages: AsyncIterable<JsonMessage>): AsyncGenerator<JsonMessage> {
    for await (const message of messages) {
      if (this.#held.length > MAX_HELD) await this.#opened.promise
      yield message
    }
  }
}
