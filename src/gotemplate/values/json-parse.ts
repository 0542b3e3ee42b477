import { TEXT_METHODS } from './methods.ts'
import { ANY_MAP, ANYS, type GoType, goBool, goString, NIL, type Value } from './value.ts'

const NUMBER: GoType = { kind: 'string', name: 'json.Number', isNumber: true, methods: TEXT_METHODS['json.Number'] }

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+)/y

/**
 * JSON as Go reads it into `interface {}` with UseNumber: numbers stay text, so that none loses a digit. Anything that
 * is no JSON reads as nothing.
 */
export function parseJson(json: string): Value {
  return new JsonReader(json).value()
}

class JsonReader {
  readonly #json: string
  #position = 0

  constructor(json: string) {
    this.#json = json
  }

  value(): Value {
    const token = this.#next()
    switch (token[0]) {
      case '{':
        return this.#object()
      case '[':
        return this.#array()
      case '"':
        return goString(textOf(token))
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
      entries.set(textOf(key), this.value())
      if (this.#next() !== ',') break
    }
    return { kind: 'map', type: ANY_MAP, entries }
  }

  #array(): Value {
    const items: Value[] = []
    if (this.#peek() === ']') this.#next()
    else {
      do items.push(this.value())
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

  /** The next token; empty at the end. */
  #next(): string {
    TOKEN.lastIndex = this.#position
    const match = TOKEN.exec(this.#json)
    this.#position = match === null ? this.#json.length : TOKEN.lastIndex
    return match?.[1] ?? ''
  }
}

/** What a string token stands for; a half of a surrogate pair alone becomes U+FFFD, as in Go. */
function textOf(token: string): string {
  if (!token.includes('\\')) return token.slice(1, -1)
  const value: unknown = JSON.parse(token)
  return typeof value === 'string' ? value.toWellFormed() : ''
}
