import xterm from '@xterm/headless'

/** What a person was typing before; a program does not begin at the top of its screen. */
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

  /** The rows on the screen, each behind its color: `4| => [1/2] RUN make`; 2 for faint ones comes first. */
  async shown(): Promise<string[]> {
    await this.#settled()
    return this.#rows(this.#terminal.buffer.active.baseY)
  }

  /** What has scrolled away, too. */
  async all(): Promise<string[]> {
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
