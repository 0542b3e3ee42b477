import { enterKeyMode, reenterKeyMode } from '../../attach/raw-mode.ts'
import { readChunks } from './read-line.ts'
import type { Input } from './streams.ts'

/** The exit code that the shell reports for a program that SIGHUP ended. */
const HUNG_UP = 129

/** The terminal's usual keys that send a signal to the processes in the foreground. */
const SIGNAL_KEYS: ReadonlyMap<number, NodeJS.Signals> = new Map([
  [0x03, 'SIGINT'],
  [0x1c, 'SIGQUIT'],
  [0x1a, 'SIGTSTP'],
])

/**
 * Reads a line from a terminal that does not show what is typed. Keys have the meaning that the terminal usually gives
 * them. They are handled here, because switching off only the echo needs a program that may be missing (`stty`), and
 * because the shell switches it on again while tug is suspended.
 * @param showPrompt called when keys are no longer shown, and after a suspension, when the prompt has scrolled away
 * @param signal ends the reading and restores the terminal; the promise then does not settle
 */
export async function readSecret(input: Input, showPrompt: () => void, signal: AbortSignal): Promise<string> {
  const restore = enterTerminalMode(input)
  const resume = () => {
    reenterKeyMode(input)
    showPrompt()
  }
  const stop = () => {
    process.off('SIGCONT', resume)
    restore()
  }
  signal.addEventListener('abort', stop)
  process.on('SIGCONT', resume)
  showPrompt()
  const line = new SecretLine()
  const isEnded = await readChunks(input.stream, signal, (chunk) => {
    for (const [index, byte] of chunk.entries()) {
      const name = SIGNAL_KEYS.get(byte)
      if (name !== undefined) {
        // As in the terminal's driver, the signal discards the input, which may be meant for the shell.
        line.clear()
        sendToForeground(name, input)
        return undefined
      }
      if (line.type(byte)) return index + 1
    }
    return undefined
  })
  stop()
  signal.removeEventListener('abort', stop)
  // Only a terminal that has hung up ends in this mode. Then nobody can reply, and nothing can be printed.
  if (isEnded) process.exit(HUNG_UP)
  return line.text
}

/** Stops showing what is typed. A terminal that has hung up ends the process, since nothing can be typed there. */
function enterTerminalMode(input: Input): () => void {
  try {
    return enterKeyMode(input)
  } catch {
    process.exit(HUNG_UP)
  }
}

/**
 * Sends a signal to all processes in the foreground, such as a script that called tug, as the terminal does. If it suspends
 * them, this call returns when they go on.
 */
function sendToForeground(name: NodeJS.Signals, input: Input): void {
  if (name === 'SIGTSTP') input.stream.setRawMode(false)
  process.kill(0, name)
  if (name === 'SIGTSTP') reenterKeyMode(input)
}

const ERASE = new Set([0x08, 0x7f])
const ERASE_WORD = 0x17
const ERASE_LINE = 0x15
const END_OF_INPUT = 0x04
const LITERAL = 0x16
const ENTER = new Set([0x0a, 0x0d])

/** A line that is edited as by Linux's terminal driver with its usual keys (termios(3), canonical mode). */
class SecretLine {
  #characters: Buffer[] = []
  #isLiteral = false

  get text(): string {
    return Buffer.concat(this.#characters).toString()
  }

  clear(): void {
    this.#characters = []
  }

  /** Types a byte. @returns whether it ends the line */
  type(byte: number): boolean {
    const isLiteral = this.#isLiteral
    this.#isLiteral = byte === LITERAL && !isLiteral
    if (isLiteral) this.#append(byte)
    else if (ENTER.has(byte)) return true
    else if (byte === END_OF_INPUT) return this.#characters.length === 0
    else if (ERASE.has(byte)) this.#characters.pop()
    else if (byte === ERASE_LINE) this.clear()
    else if (byte === ERASE_WORD) this.#eraseWord()
    else if (byte !== LITERAL) this.#append(byte)
    return false
  }

  /** Appends a byte. Those of one UTF-8 character are erased together. */
  #append(byte: number): void {
    const isContinuation = (byte & 0xc0) === 0x80
    const last = isContinuation ? this.#characters.pop() : undefined
    this.#characters.push(Buffer.from([...(last ?? []), byte]))
  }

  #eraseWord(): void {
    const isBlank = () => /^[ \t]$/.test(this.#characters.at(-1)?.toString() ?? '')
    while (isBlank()) this.#characters.pop()
    while (this.#characters.length > 0 && !isBlank()) this.#characters.pop()
  }
}
