import { setTimeout as sleep } from 'node:timers/promises'
import { type IPty, spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'

export interface TerminalOptions {
  readonly columns?: number
  readonly rows?: number
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

export interface TerminalExit {
  readonly exitCode: number
  /** The number of the signal that ended the program, or 0. */
  readonly signal: number
}

/** A piece of a row in which all characters look the same. All characters are one column wide. */
export interface StyledText {
  readonly text: string
  /** The column of the first character. */
  readonly column: number
  readonly bold: boolean
  readonly dim: boolean
  /** The number of the color in the palette of 256; undefined for the default color. */
  readonly color: number | undefined
}

const open = new Set<Terminal>()
process.on('exit', () => {
  for (const terminal of open) terminal.kill()
})

/** A program on a pseudo-terminal whose screen can be read. */
export class Terminal {
  readonly #exited: Promise<TerminalExit>
  readonly #pty: IPty
  readonly #screen: InstanceType<typeof xterm.Terminal>
  readonly #watchers = new Set<() => void>()
  #exit: TerminalExit | undefined
  #output = ''

  private constructor(pty: IPty, columns: number, rows: number) {
    this.#pty = pty
    this.#screen = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
    pty.onData((data) => {
      this.#output += data
      this.#screen.write(data, () => this.#changed())
    })
    // The terminal emulator responds to queries of the program, such as the cursor position.
    this.#screen.onData((response) => pty.write(response))
    this.#exited = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal = 0 }) => {
        open.delete(this)
        this.#screen.write('', () => {
          this.#exit = { exitCode, signal }
          resolve(this.#exit)
          this.#changed()
        })
      })
    })
    open.add(this)
  }

  static open(file: string, args: readonly string[], options: TerminalOptions = {}): Terminal {
    const { columns = 80, rows = 24, cwd = process.cwd(), env = process.env } = options
    const pty = spawn(file, [...args], { name: 'xterm-256color', cols: columns, rows, cwd, env })
    return new Terminal(pty, columns, rows)
  }

  /** The process id of the program. */
  get pid(): number {
    return this.#pty.pid
  }

  /** Everything that the program has written, with the terminal's echo. */
  get output(): string {
    return this.#output
  }

  /** Returns all rows, including those that have scrolled away, without trailing spaces and trailing empty rows. */
  screen(): string {
    const buffer = this.#screen.buffer.active
    const rows = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '')
    return rows.join('\n').trimEnd()
  }

  /** Returns all rows as `screen` does, in pieces of one style. */
  styledScreen(): StyledText[][] {
    const buffer = this.#screen.buffer.active
    return this.screen()
      .split('\n')
      .map((text, row) => {
        const line = buffer.getLine(row)
        const pieces: StyledText[] = []
        for (let column = 0; column < text.length; column += 1) {
          const cell = line?.getCell(column)
          if (cell === undefined) continue
          const color = cell.isFgPalette() ? cell.getFgColor() : undefined
          const style = { bold: cell.isBold() !== 0, dim: cell.isDim() !== 0, color }
          const last = pieces.at(-1)
          const isSame = last?.bold === style.bold && last.dim === style.dim && last.color === style.color
          if (isSame) pieces[pieces.length - 1] = { ...last, text: last.text + (cell.getChars() || ' ') }
          else pieces.push({ text: cell.getChars() || ' ', column, ...style })
        }
        return pieces
      })
  }

  /**
   * Waits until the screen shows `wanted` and returns the screen.
   * @param timeout in milliseconds
   * @throws Error with the screen when the time is over or the program ends first
   */
  async waitFor(wanted: string | RegExp, timeout = 40_000): Promise<string> {
    const isShown = () => (typeof wanted === 'string' ? this.screen().includes(wanted) : wanted.test(this.screen()))
    await new Promise<void>((resolve, reject) => {
      const finish = (reason?: string) => {
        clearTimeout(timer)
        this.#watchers.delete(check)
        if (reason === undefined) resolve()
        else reject(new Error(`${reason} ${wanted}; the screen shows:\n${this.screen()}`))
      }
      const check = () => {
        if (isShown()) finish()
        else if (this.#exit !== undefined) finish(`the program ended (${this.#exit.exitCode}) without showing`)
      }
      const timer = setTimeout(() => finish(`${timeout} ms passed without showing`), timeout)
      this.#watchers.add(check)
      check()
    })
    return this.screen()
  }

  /**
   * Waits until the program has ended and all of its output is on the screen.
   * @param timeout in milliseconds
   * @throws Error with the screen when the program has not ended in time
   */
  async exit(timeout = 40_000): Promise<TerminalExit> {
    const ended = await Promise.race([this.#exited, sleep(timeout, undefined, { ref: false })])
    if (ended === undefined)
      throw new Error(`the program did not end in ${timeout} ms; the screen shows:\n${this.screen()}`)
    return ended
  }

  /** Types `text`; `\r` is the Enter key and `\x03` is Ctrl-C. */
  type(text: string): void {
    this.#pty.write(text)
  }

  /** Changes the window's size, which sends SIGWINCH to the program. */
  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows)
    this.#screen.resize(columns, rows)
  }

  /** Sends the program a signal, SIGKILL by default. */
  kill(signal = 'SIGKILL'): void {
    if (open.has(this)) this.#pty.kill(signal)
  }

  /** Closes the window: the program gets SIGHUP, and its reads and writes fail. */
  hangUp(): void {
    const pty: object = this.#pty
    if (!('destroy' in pty) || typeof pty.destroy !== 'function') throw new Error('node-pty cannot close terminals')
    pty.destroy()
  }

  /** Kills the program if it still runs, and all other processes on its terminal. */
  async close(): Promise<void> {
    this.kill()
    await this.#exited
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher()
  }
}

/**
 * Leaves out the echo of cursor positions. A shell in a container queries the position after its prompt. If the terminal
 * responds when the client has already ended, it echoes its response between any two lines.
 */
export function withoutCursorReports(screen: string): string {
  return screen.replaceAll(/\^\[\[\d+;\d+R/g, '')
}
