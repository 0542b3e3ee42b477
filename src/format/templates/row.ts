import { declared } from '../../gotemplate/values/declared.ts'
import { decode } from '../../gotemplate/values/decode.ts'
import { parseJson } from '../../gotemplate/values/json-parse.ts'
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
} from '../../gotemplate/values/value.ts'
import { type Field, jsonLine, type Listing, type Look } from '../views/field.ts'
import { ROW_TYPES } from './types/rows.ts'

/** Rows of a listing as the objects that templates see: pointers to structs whose methods are the fields. */
export class Rows<Row> {
  readonly listing: Listing<Row>
  readonly readers: ReadonlyMap<string, Reader<Row>>
  readonly struct: GoType
  readonly pointer: GoType

  constructor(listing: Listing<Row>) {
    const name = listing.typeName.slice(1)
    this.listing = listing
    this.readers = new Map(Object.entries(listing.fields).map(([field, of]) => [field, reader(field, of)]))
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
    if (this.#rows.readers.has(name)) return { parameters: NONE, call: () => this.result(name) ?? NIL }
    const { label } = this.#rows.listing
    if (name !== 'Label' || label === undefined) return
    return { parameters: LABEL_NAME, call: ([wanted]) => goString(label(this.#row, textOf(wanted))) }
  }

  result(name: string): Value | undefined {
    return this.#rows.readers.get(name)?.(this.#row, this.#look, this)
  }

  json(): string {
    const { fields } = this.#rows.listing
    for (const [name, { isNoted }] of Object.entries(fields)) if (isNoted) this.note(name)
    return jsonLine(fields, this.#row, this.#look)
  }

  /** Takes note that a field was asked for. */
  note(name: string): void {
    this.#noted ??= new Set()
    this.#noted.add(name)
  }
}

/** Reads a field of a row. */
type Reader<Row> = (row: Row, look: Look, struct: RowStruct<Row>) => Value

/** How a field is read: as text, or where JSON knows more, as a pointer to a struct that prints as the text. */
function reader<Row>(name: string, { text, isBool, isNoted, json }: Field<Row>): Reader<Row> {
  if (isBool) return (row, look) => goBool(text(row, look) === 'true')
  if (json !== undefined) {
    return (row, look) => shownAs(text(row, look), rowType(`formatter.${name}`), json(row, look))
  }
  const read: Reader<Row> = (row, look) => goString(text(row, look))
  if (!isNoted) return read
  return (row, look, struct) => {
    struct.note(name)
    return read(row, look, struct)
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
