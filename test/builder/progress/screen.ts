import xterm from '@xterm/headless'

/** The command line before the program's output, because a program does not start at the top of the screen. */
const PROMPT = '$ docker build .\r\n'

/** A terminal's screen, with its colors. */
export class Screen {
  readonly #terminal: InstanceType<typeof xterm.Terminal>

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true })
    this.#terminal.write(PROMPT)
  }

  write(data: string | Uint8Array): void {
    this.#terminal.write(data)
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#settled()
    this.#terminal.resize(columns, rows)
  }

  /** Returns the rows on the screen, each with its color in front: `4| => [1/2] RUN make`, or `faint |…`. */
  async visibleRows(): Promise<string[]> {
    await this.#settled()
    return this.#rows(this.#terminal.buffer.active.baseY)
  }

  /** Returns all rows, including those that have scrolled away. */
  async allRows(): Promise<string[]> {
    await this.#settled()
    return this.#rows(0)
  }

  #rows(from: number): string[] {
    const { active } = this.#terminal.buffer
    const rows: string[] = []
    for (let y = from; y < active.length; y++) {
      const line = active.getLine(y)
      const first = line?.getCell(1)
      const color = first && !first.isFgDefault() ? String(first.getFgColor()) : ''
      rows.push(`${first?.isDim() ? 'faint ' : ''}${color}|${line?.translateToString(true) ?? ''}`)
    }
    while (rows.length > 0 && /^(faint )?\d*\|$/.test(rows.at(-1) ?? '')) rows.pop()
    return rows
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => this.#terminal.write('', resolve))
  }
}
