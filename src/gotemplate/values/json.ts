/** Converts between values and JSON as Go's encoding/json does. */
import { endOfJsonToken, jsonString, skipJsonSpace } from '../../domain/go/json-text.ts'
import {
  ANY_MAP,
  ANYS,
  compareText,
  type GoType,
  goBool,
  goInt,
  goString,
  type Method,
  NIL,
  type StructValue,
  sortedEntries,
  textOf,
  UINT8,
  type Value,
} from './value.ts'

/**
 * Encodes a value as Go's encoding/json does with SetEscapeHTML(false): compact, with the fields of structs in the order
 * of their declaration.
 * @throws Error with Go's message for a type that JSON cannot represent
 */
export function encodeJson(value: Value): string {
  switch (value.kind) {
    case 'nil':
    case 'func':
      return 'null'
    case 'bool':
    case 'int':
    case 'uint':
      return String(value.value)
    case 'float':
      return String(value.value)
    case 'complex':
      throw new Error('json: unsupported type: complex128')
    case 'string':
      return value.type.isNumber ? value.value || '0' : jsonString(value.value, false)
    case 'slice':
      if (value.items !== undefined && value.type.elem === UINT8) return base64(value.items)
      return value.items === undefined ? 'null' : `[${value.items.map(encodeJson).join(',')}]`
    case 'map':
      return value.entries === undefined ? 'null' : object(sortedEntries(value.entries))
    case 'struct':
      return value.toJson?.() ?? object(value.type.isJsonSorted ? members(value).sort(compareNames) : members(value))
    case 'pointer':
      return value.target === undefined ? 'null' : encodeJson(value.target)
    case 'interface':
      return value.inner === undefined ? 'null' : encodeJson(value.inner)
  }
}

type Member = readonly [string, Value]

function compareNames([a]: Member, [b]: Member): number {
  return compareText(a, b)
}

function base64(bytes: readonly Value[]): string {
  return `"${Buffer.from(bytes.map((byte) => (byte.kind === 'uint' ? Number(byte.value) : 0))).toString('base64')}"`
}

function object(entries: readonly Member[]): string {
  return `{${entries.map(([key, value]) => `${jsonString(key, false)}:${encodeJson(value)}`).join(',')}}`
}

/** Returns the fields of a struct that JSON contains. A field of an embedded struct is hidden by one of the same name. */
function members({ type, fields }: StructValue): Member[] {
  const own = new Set((type.fields ?? []).filter(({ embedded }) => !embedded).map(({ json }) => json))
  return (type.fields ?? []).flatMap((field): Member[] => {
    const value = fields.get(field.name)
    if (value === undefined) return []
    if (field.embedded) return embeddedMembers(value).filter(([name]) => !own.has(name))
    return field.json === '' || (field.omitEmpty && isEmpty(value)) ? [] : [[field.json, value]]
  })
}

function embeddedMembers(value: Value): Member[] {
  if (value.kind === 'pointer') return value.target === undefined ? [] : embeddedMembers(value.target)
  return value.kind === 'struct' ? members(value) : []
}

function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'bool':
      return !value.value
    case 'int':
    case 'uint':
      return value.value === 0n
    case 'float':
      return value.value === 0
    case 'complex':
      return value.real === 0 && value.imaginary === 0
    case 'string':
      return value.value === ''
    case 'slice':
      return (value.items ?? []).length === 0
    case 'map':
      return (value.entries?.size ?? 0) === 0
    case 'pointer':
      return value.target === undefined
    case 'interface':
      return value.inner === undefined
    default:
      return value.kind === 'nil'
  }
}

/** Go's json.Number. */
const NUMBER: GoType = {
  kind: 'string',
  name: 'json.Number',
  isNumber: true,
  methods: new Map<string, Method>([
    ['String', { parameters: [], call: (number) => goString(textOf(number)) }],
    [
      'Int64',
      {
        parameters: [],
        call: (number) => {
          const digits = textOf(number)
          if (!/^[+-]?\d+$/.test(digits)) throw new Error(`strconv.ParseInt: parsing "${digits}": invalid syntax`)
          return goInt(BigInt(digits))
        },
      },
    ],
  ]),
}

/**
 * Decodes JSON as Go's encoding/json does into `interface {}` with UseNumber: numbers stay strings and lose no digits.
 * Text that is not JSON gives nil.
 */
export function parseJson(json: string): Value {
  return new JsonParser(json).parse()
}

class JsonParser {
  readonly #json: string
  #position = 0

  constructor(json: string) {
    this.#json = json
  }

  parse(): Value {
    const token = this.#next()
    switch (token[0]) {
      case '{':
        return this.#object()
      case '[':
        return this.#array()
      case '"':
        return goString(unquote(token))
      case 't':
      case 'f':
        return goBool(token === 'true')
      case 'n':
      case undefined:
        return NIL
      default:
        return { kind: 'string', type: NUMBER, value: token }
    }
  }

  #object(): Value {
    const entries = new Map<string, Value>()
    for (let key = this.#next(); key.startsWith('"'); key = this.#next()) {
      this.#next()
      entries.set(unquote(key), this.parse())
      if (this.#next() !== ',') break
    }
    return { kind: 'map', type: ANY_MAP, entries }
  }

  #array(): Value {
    const items: Value[] = []
    if (this.#peek() === ']') this.#next()
    else {
      do items.push(this.parse())
      while (this.#next() === ',')
    }
    return { kind: 'slice', type: ANYS, items }
  }

  #peek(): string {
    const start = this.#position
    const token = this.#next()
    this.#position = start
    return token
  }

  /** Returns the next token; empty at the end. */
  #next(): string {
    const start = skipJsonSpace(this.#json, this.#position)
    this.#position = endOfJsonToken(this.#json, start)
    return this.#json.slice(start, this.#position)
  }
}

/** Returns the value of a string token. A lone surrogate becomes U+FFFD, as in Go. */
function unquote(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1)
  const value: unknown = JSON.parse(token)
  return typeof value === 'string' ? value.toWellFormed() : ''
}
