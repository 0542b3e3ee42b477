import { type Field, jsonLine, type Listing, type Look } from '../views/field.ts'
import { decode } from './decode.ts'
import { parseJson } from './json-parse.ts'
import { declared } from './types/declared.ts'
import { ROW_TYPES } from './types/rows.ts'
import {
  ANY,
  ANY_MAP,
  type GoFunc,
  type GoType,
  goBool,
  goString,
  mapOf,
  NIL,
  pointerTo,
  STRING,
  type StructValue,
  type Value,
} from './value.ts'

/** Rows of a listing as the objects that templates see: pointers to structs whose methods are the fields. */
export class Rows<Row> {
  readonly listing: Listing<Row>
  readonly fields: ReadonlyMap<string, Field<Row>>
  readonly struct: GoType
  readonly pointer: GoType

  constructor(listing: Listing<Row>) {
    const name = listing.typeName.slice(1)
    this.listing = listing
    this.fields = new Map(Object.entries(listing.fields))
    this.struct = {
      kind: 'struct',
      name,
      // Declared when somebody looks for them, which is seldom.
      get fields() {
        return rowType(name).fields ?? []
      },
    }
    this.pointer = pointerTo(this.struct)
  }

  value(row: Row, look: Look): Value {
    return { kind: 'pointer', type: this.pointer, target: new RowStruct(this, row, look) }
  }

  /**
   * A row as it is while docker tries a format on it: it knows the heads of the table.
   * @param noted gets the names of the fields that docker takes note of, as a template asks for them
   */
  trial(row: Row, look: Look, noted: Set<string>): Value {
    return { kind: 'pointer', type: this.pointer, target: new TrialRow(this, row, look, noted) }
  }

  /** The heads of all fields, as a map; a label's head is the last part of its name. */
  heads(): Value {
    const { fields, label } = this.listing
    const entries = new Map(Object.entries(fields).map(([name, { header }]) => [name, goString(header)]))
    const head: GoFunc['call'] = ([name]) => goString((textOf(name).split('.').at(-1) ?? '').replace(/[-_]/g, ' '))
    const labelHead = label === undefined ? undefined : { parameters: LABEL_NAME, call: head }
    return {
      kind: 'map',
      type: mapOf(STRING, STRING, 'formatter.SubHeaderContext'),
      entries,
      method: (name) => (name === 'Label' ? labelHead : undefined),
    }
  }
}

/** docker's struct of a row. Of its many parts a template needs few, so each is made when it is looked for. */
class RowStruct<Row> implements StructValue {
  readonly kind = 'struct'
  readonly type: GoType
  readonly #rows: Rows<Row>
  readonly #row: Row
  readonly #look: Look
  #noted: Set<string> | undefined

  constructor(rows: Rows<Row>, row: Row, look: Look, noted?: Set<string>) {
    this.type = rows.struct
    this.#rows = rows
    this.#row = row
    this.#look = look
    this.#noted = noted
  }

  get fields(): ReadonlyMap<string, Value> {
    const inside = this.#rows.listing.inside(this.#row, this.#look)
    const value = decode(this.type, parseJson(JSON.stringify(inside)))
    const fields = new Map(value.kind === 'struct' ? value.fields : [])
    if (this.#noted !== undefined && this.#noted.size > 0) fields.set('FieldsUsed', setOf(this.#noted))
    return fields
  }

  method(name: string): GoFunc | undefined {
    if (this.#rows.fields.has(name)) return { parameters: NONE, call: () => this.result(name) ?? NIL }
    const { label } = this.#rows.listing
    if (name !== 'Label' || label === undefined) return
    return { parameters: LABEL_NAME, call: ([wanted]) => goString(label(this.#row, textOf(wanted))) }
  }

  /** A field: text, or where JSON knows more, a pointer to a struct that prints as the text. */
  result(name: string): Value | undefined {
    const field = this.#rows.fields.get(name)
    if (field === undefined) return
    if (field.isNoted) this.#note(name)
    const text = field.text(this.#row, this.#look)
    if (field.isBool) return goBool(text === 'true')
    const json = field.json?.(this.#row, this.#look)
    return json === undefined ? goString(text) : shownAs(text, rowType(`formatter.${name}`), json)
  }

  json(): string {
    for (const [name, { isNoted }] of this.#rows.fields) if (isNoted) this.#note(name)
    return jsonLine(this.#rows.listing.fields, this.#row, this.#look)
  }

  #note(name: string): void {
    this.#noted ??= new Set()
    this.#noted.add(name)
  }
}

/** A row that a format is tried on. */
class TrialRow<Row> extends RowStruct<Row> {
  readonly #rows: Rows<Row>

  constructor(rows: Rows<Row>, row: Row, look: Look, noted: Set<string>) {
    super(rows, row, look, noted)
    this.#rows = rows
  }

  override get fields(): ReadonlyMap<string, Value> {
    return new Map([...super.fields, ['HeaderContext', headerContext(this.#rows.heads())]])
  }
}

const NONE: readonly GoType[] = []
const LABEL_NAME: readonly GoType[] = [STRING]

/** A pointer to a struct that prints as the text; the struct has the fields that JSON has. */
function shownAs(text: string, struct: GoType, json: string): Value {
  const type: GoType = { ...struct, printsItself: true }
  const value = decode(type, parseJson(json))
  const fields = value.kind === 'struct' ? value.fields : new Map<string, Value>()
  const target: Value = { kind: 'struct', type, fields, text: () => text, json: () => json }
  return { kind: 'pointer', type: pointerTo(type), target: json === 'null' ? undefined : target }
}

const rowTypes = new Map<string, GoType>()

function rowType(name: string): GoType {
  const known = rowTypes.get(name) ?? declared([ROW_TYPES[name] ?? ''], name)
  rowTypes.set(name, known)
  return known
}

/** Go's way of writing a set: a map to empty structs. */
function setOf(names: ReadonlySet<string>): Value {
  const nothing: Value = { kind: 'struct', type: { kind: 'struct', name: 'struct {}', fields: [] }, fields: new Map() }
  return { kind: 'map', type: ANY_MAP, entries: new Map([...names].map((name) => [name, nothing])) }
}

function headerContext(header: Value): Value {
  const type = rowType('formatter.HeaderContext')
  return { kind: 'struct', type, fields: new Map([['Header', { kind: 'interface', type: ANY, inner: header }]]) }
}

function textOf(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : ''
}
