/** Cursor movements by the last character of the escape sequence, as rows and columns. */
const MOVES: Readonly<Record<string, readonly [number, number]>> = { A: [-1, 0], B: [1, 0], C: [0, 1], D: [0, -1] }

const ESCAPE = '\x1b'
/** The control character (CSI) that is equivalent to ESC and `[`. */
const SHORT_ESCAPE = '\x9b'
const SEQUENCE = new RegExp(`^(?:${ESCAPE}\\[|${SHORT_ESCAPE})((?:[^@-~"]|"[^"]*")*)([@-~])`)
const UNFINISHED = new RegExp(`^(?:${ESCAPE}|(?:${ESCAPE}\\[|${SHORT_ESCAPE})(?:[^@-~"]|"[^"]*"?)*)$`)
const ESCAPES = new RegExp(`[${ESCAPE}${SHORT_ESCAPE}]`)

/** The longest incomplete sequence, in characters; no valid one is longer. */
const LONGEST_UNFINISHED = 256

interface Cursor {
  row: number
  column: number
}

/**
 * A small terminal without colors that shows the end of the log of a step. It interprets carriage returns, cursor
 * movements and erasing, so that a progress bar takes one line and not a thousand. It supports what buildx's terminal
 * (tonistiigi/vt100) supports, and ignores tabs as that does.
 */
export class LogScreen {
  rows: string[][]
  #width: number
  #cursor: Cursor = { row: 0, column: 0 }
  #saved: Cursor = { row: 0, column: 0 }
  #decoder = new TextDecoder()
  #unfinished = ''

  constructor(height: number, width: number) {
    this.#width = Math.max(1, width)
    this.rows = Array.from({ length: Math.max(1, height) }, () => this.#blankRow())
  }

  get height(): number {
    return this.rows.length
  }

  /** Returns the rows that are not blank, padded to the width. */
  usedRows(): string[] {
    return this.rows.map((row) => row.join('')).filter((row) => row.trimEnd() !== '')
  }

  /** Resizes the screen: rows are added and removed at the bottom, columns at the right. */
  resize(height: number, width: number): void {
    const columns = Math.max(1, width)
    for (const row of this.rows) {
      while (row.length < columns) row.push(' ')
      row.length = columns
    }
    this.#width = columns
    while (this.rows.length < height) this.rows.push(this.#blankRow())
    this.rows.length = Math.max(1, height)
  }

  write(data: Uint8Array): void {
    let text = this.#unfinished + this.#decoder.decode(data, { stream: true })
    this.#unfinished = ''
    while (text !== '') {
      if (text[0] !== ESCAPE && text[0] !== SHORT_ESCAPE) {
        const end = text.search(ESCAPES)
        const plain = end < 0 ? text : text.slice(0, end)
        for (const character of plain) this.#put(character)
        text = text.slice(plain.length)
        continue
      }
      const [sequence = '', args = '', command = ''] = SEQUENCE.exec(text) ?? []
      if (sequence !== '') {
        this.#execute(command, args)
        text = text.slice(sequence.length)
      } else if (UNFINISHED.test(text)) {
        if (text.length <= LONGEST_UNFINISHED) this.#unfinished = text
        return
      } else {
        this.#execute(text[1] ?? '', '')
        text = text.slice(2)
      }
    }
  }

  #put(character: string): void {
    if (character === '\n') this.#cursor = { row: this.#cursor.row + 1, column: 0 }
    else if (character === '\r') this.#cursor.column = 0
    else if (character === '\b') this.#back()
    else if (!/\p{Cc}/u.test(character)) this.#print(character)
  }

  #print(character: string): void {
    if (this.#cursor.column >= this.#width) this.#cursor = { row: this.#cursor.row + 1, column: 0 }
    if (this.#cursor.row >= this.height) {
      this.rows.shift()
      this.rows.push(this.#blankRow())
      this.#cursor.row = this.height - 1
    }
    const row = this.rows[this.#cursor.row]
    if (row) row[this.#cursor.column] = character
    this.#cursor.column++
    if (this.#cursor.column >= this.#width) this.#cursor = { row: this.#cursor.row + 1, column: 0 }
  }

  #back(): void {
    const { row, column } = this.#cursor
    if (column > 0) this.#cursor.column--
    else if (row > 0) this.#cursor = { row: row - 1, column: this.#width - 1 }
  }

  #execute(command: string, text: string): void {
    const args = text === '' ? [] : text.split(';').map((arg) => (/^[+-]?\d+$/.test(arg) ? Number(arg) : Number.NaN))
    if (args.some(Number.isNaN)) return
    const move = MOVES[command]
    const { row, column } = this.#cursor
    if (move) this.#moveTo(row + move[0] * (args[0] ?? 1), column + move[1] * (args[0] ?? 1))
    else if (command === 'H' || command === 'f') this.#moveTo(...parsePosition(args))
    else if (command === 'K') this.#erase(args[0] ?? 0, row, row, column)
    else if (command === 'J') this.#eraseRows(args[0] ?? 0)
    else if (command === 's' || command === '7') this.#saved = { ...this.#cursor }
    else if (command === 'u' || command === '8') this.#cursor = { ...this.#saved }
  }

  #moveTo(row: number, column: number): void {
    this.#cursor = {
      row: Math.min(Math.max(row, 0), this.height - 1),
      column: Math.min(Math.max(column, 0), this.#width - 1),
    }
  }

  /** Erases from the cursor (0), up to the cursor (1), or the whole line (2). */
  #erase(part: number, first: number, last: number, column: number): void {
    if (part < 0 || part > 2) return
    const from = part === 0 ? column : 0
    const to = part === 1 ? column : this.#width - 1
    for (const row of this.rows.slice(first, last + 1)) row.fill(' ', from, to + 1)
  }

  #eraseRows(part: number): void {
    if (part < 0 || part > 2) return
    const first = part === 0 ? this.#cursor.row : 0
    const last = part === 1 ? this.#cursor.row : this.height - 1
    this.#erase(2, first, last, 0)
  }

  #blankRow(): string[] {
    return Array.from({ length: this.#width }, () => ' ')
  }
}

/** Returns the position of a cursor command; without both numbers it is the first row and column. */
function parsePosition([row = 1, column]: readonly number[]): [number, number] {
  return column === undefined ? [0, 0] : [row - 1, column - 1]
}
