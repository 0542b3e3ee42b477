import { HUFFMAN_LENGTHS, STATIC_FIELDS } from './hpack-tables.ts'

export type HeaderField = readonly [name: string, value: string]

/** The default size of the dynamic table, in bytes as HPACK counts them. */
const TABLE_SIZE = 4096
const FIELD_OVERHEAD = 32
/** The largest accepted size of the fields of a header block, in bytes as HPACK counts them. */
const MAX_LIST_SIZE = 4 * 1024 * 1024
const MAX_CODE_LENGTH = 30

/** Decodes the header blocks of one connection, which share a dynamic table (RFC 7541). */
export class HeaderDecoder {
  /** The dynamic table, newest field first. */
  readonly #dynamic: HeaderField[] = []
  #dynamicSize = 0
  #limit = TABLE_SIZE

  /** Decodes a header block. @throws Error when it is malformed */
  decode(block: Buffer): HeaderField[] {
    const fields: HeaderField[] = []
    const reader = new BlockReader(block)
    // A field of the table takes one byte of the block, however long it is.
    let left = MAX_LIST_SIZE
    while (!reader.isAtEnd) {
      const last = fields.at(-1)
      if (last) left -= sizeOf(last)
      if (left < 0) throw new Error('the header fields are too long')
      const first = reader.peek()
      if (first & 0x80) {
        fields.push(this.#field(reader.integer(7)))
      } else if (first & 0x40) {
        const field = this.#literal(reader, 6)
        this.#addToTable(field)
        fields.push(field)
      } else if (first & 0x20) {
        this.#limit = Math.min(reader.integer(5), TABLE_SIZE)
        this.#evict()
      } else {
        fields.push(this.#literal(reader, 4))
      }
    }
    return fields
  }

  #literal(reader: BlockReader, prefixBits: number): HeaderField {
    const index = reader.integer(prefixBits)
    const name = index === 0 ? reader.string() : this.#field(index)[0]
    return [name, reader.string()]
  }

  #field(index: number): HeaderField {
    const field = STATIC_FIELDS[index - 1] ?? this.#dynamic[index - 1 - STATIC_FIELDS.length]
    if (!field) throw new Error(`header field ${index} is unknown`)
    return field
  }

  #addToTable(field: HeaderField): void {
    this.#dynamic.unshift(field)
    this.#dynamicSize += sizeOf(field)
    this.#evict()
  }

  #evict(): void {
    while (this.#dynamicSize > this.#limit) {
      const oldest = this.#dynamic.pop()
      if (!oldest) return
      this.#dynamicSize -= sizeOf(oldest)
    }
  }
}

/** Encodes a header block with literals only, because tug sends too few headers for compression to matter. */
export function encodeHeaders(fields: readonly HeaderField[]): Buffer {
  const parts: Buffer[] = []
  for (const [name, value] of fields) parts.push(Buffer.of(0), encodeString(name), encodeString(value))
  return Buffer.concat(parts)
}

function encodeString(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([encodeLength(bytes.length), bytes])
}

function encodeLength(length: number): Buffer {
  if (length < 0x7f) return Buffer.of(length)
  const bytes = [0x7f]
  let rest = length - 0x7f
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80)
  bytes.push(rest)
  return Buffer.from(bytes)
}

function sizeOf([name, value]: HeaderField): number {
  return Buffer.byteLength(name) + Buffer.byteLength(value) + FIELD_OVERHEAD
}

class BlockReader {
  readonly #block: Buffer
  #at = 0

  constructor(block: Buffer) {
    this.#block = block
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#block.length
  }

  peek(): number {
    return this.#block[this.#at] ?? 0
  }

  /** Reads an integer whose first bits share a byte with other fields. */
  integer(prefixBits: number): number {
    const maxPrefix = (1 << prefixBits) - 1
    const prefix = this.#byte() & maxPrefix
    if (prefix < maxPrefix) return prefix
    let value = maxPrefix
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new Error('a number in a header block is too large')
      if ((byte & 0x80) === 0) return value
    }
  }

  string(): string {
    const isHuffman = (this.peek() & 0x80) !== 0
    const length = this.integer(7)
    if (this.#at + length > this.#block.length) throw new Error('a header block ends too early')
    const bytes = this.#block.subarray(this.#at, this.#at + length)
    this.#at += length
    return (isHuffman ? huffmanDecode(bytes) : bytes).toString('utf8')
  }

  #byte(): number {
    const byte = this.#block[this.#at++]
    if (byte === undefined) throw new Error('a header block ends too early')
    return byte
  }
}

/** One length of a canonical Huffman code: the first code of that length, and the bytes that have one, in order. */
interface CodeLength {
  readonly first: number
  readonly bytes: readonly number[]
}

let codeLengths: readonly CodeLength[] | undefined

function huffmanDecode(bytes: Buffer): Buffer {
  codeLengths ??= canonicalCode()
  const decoded: number[] = []
  let code = 0
  let length = 0
  for (const byte of bytes) {
    for (let bit = 7; bit >= 0; bit--) {
      code = code * 2 + ((byte >> bit) & 1)
      length++
      const { first, bytes: encodable } = codeLengths[length] ?? { first: 0, bytes: [] }
      const symbol = encodable[code - first]
      if (symbol !== undefined) {
        decoded.push(symbol)
        code = 0
        length = 0
      } else if (length > MAX_CODE_LENGTH) throw new Error('a header block has a broken string')
    }
  }
  return Buffer.from(decoded)
}

/** Builds the Huffman code from the lengths of its codes. */
function canonicalCode(): CodeLength[] {
  const lengths = [...HUFFMAN_LENGTHS].map((digit) => Number.parseInt(digit, 36))
  const code: CodeLength[] = [{ first: 0, bytes: [] }]
  let first = 0
  for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
    const bytes = lengths.flatMap((each, byte) => (each === length ? [byte] : []))
    code.push({ first, bytes })
    first = (first + bytes.length) * 2
  }
  return code
}
