import {
  ANY,
  ANY_MAP,
  decode,
  type Fields,
  type GoFunc,
  type GoType,
  goBool,
  goString,
  mapOf,
  NIL,
  parseJson,
  pointerTo,
  STRING,
  type StructValue,
  textOf,
  type Value,
} from '../../gotemplate/template.ts'
import { type Field, formatJsonLine, type Listing, type RowOptions } from '../views/field.ts'
import { declaredType } from './types/declare.ts'
import { ROW_TYPES } from './types/rows.ts'

/** Converts rows of a list to the values that templates get: pointers to structs whose methods are the fields. */
export class Rows<Row> {
  readonly listing: Listing<Row>
  readonly readers: ReadonlyMap<string, Reader<Row>>
  readonly struct: GoType
  readonly pointer: GoType

  constructor(listing: Listing<Row>) {
    const name = listing.typeName.slice(1)
    this.listing = listing
    this.readers = new Map(
      Object.entries(listing.fields).map(([field, definition]) => [field, reader(field, definition)]),
    )
    this.struct = {
      kind: 'struct',
      name,
      // Few templates need the declared fields, so they are parsed on first use.
      get fields() {
        return rowType(name).fields ?? []
      },
    }
    this.pointer = pointerTo(this.struct)
  }

  value(row: Row, options: RowOptions): Value {
    return { kind: 'pointer', type: this.pointer, target: new RowStruct(this, row, options) }
  }

  /**
   * Returns the value for a row to which docker applies the format first. Unlike other rows, it has the table's header.
   * @param trackedFields gets the names of the tracked fields that the template uses
   */
  trialValue(row: Row, options: RowOptions, trackedFields: Set<string>): Value {
    return { kind: 'pointer', type: this.pointer, target: new TrialRow(this, row, options, trackedFields) }
  }

  /** Returns the headers of all fields as a map. The header of a label is the last part of its name. */
  headers(): Value {
    const { fields, label } = this.listing
    const known = Object.entries(fields).filter(([, { isNewer }]) => !isNewer)
    const entries = new Map(known.map(([name, { header }]) => [name, goString(header)]))
    const labelHeader: GoFunc['call'] = ([name]) =>
      goString((textOf(name).split('.').at(-1) ?? '').replace(/[-_]/g, ' '))
    const method = label === undefined ? undefined : { parameters: LABEL_PARAMETERS, call: labelHeader }
    return {
      kind: 'map',
      type: mapOf(STRING, STRING, 'formatter.SubHeaderContext'),
      entries,
      findMethod: (name) => {
        if (name === 'Label') return method
        const field = fields[name]
        // It is no entry of the map, which docker prints in errors.
        return field?.isNewer ? { parameters: [], call: () => goString(field.header) } : undefined
      },
    }
  }
}

/** docker's struct for a row. A template uses few of its fields, so each is computed when it is used. */
class RowStruct<Row> implements StructValue {
  readonly kind = 'struct'
  readonly type: GoType
  readonly #rows: Rows<Row>
  readonly #row: Row
  readonly #options: RowOptions
  #trackedFields: Set<string> | undefined

  constructor(rows: Rows<Row>, row: Row, options: RowOptions, trackedFields?: Set<string>) {
    this.type = rows.struct
    this.#rows = rows
    this.#row = row
    this.#options = options
    this.#trackedFields = trackedFields
  }

  get fields(): Fields {
    const internals = this.#rows.listing.internals(this.#row, this.#options)
    const value = decode(this.type, parseJson(JSON.stringify(internals)))
    const fields = new Map(value.kind === 'struct' ? value.fields : [])
    const tracked = this.#trackedFields
    if (tracked !== undefined && tracked.size > 0) fields.set('FieldsUsed', setValue(tracked))
    return fields
  }

  findMethod(name: string): GoFunc | undefined {
    if (this.#rows.readers.has(name)) return { parameters: NO_PARAMETERS, call: () => this.methodResult(name) ?? NIL }
    const { label } = this.#rows.listing
    if (name !== 'Label' || label === undefined) return
    return { parameters: LABEL_PARAMETERS, call: ([labelName]) => goString(label(this.#row, textOf(labelName))) }
  }

  methodResult(name: string): Value | undefined {
    return this.#rows.readers.get(name)?.(this.#row, this.#options, this)
  }

  toJson(): string {
    const { fields } = this.#rows.listing
    for (const [name, { isTracked }] of Object.entries(fields)) if (isTracked) this.trackField(name)
    return formatJsonLine(fields, this.#row, this.#options)
  }

  /** Records that the template uses a field. */
  trackField(name: string): void {
    this.#trackedFields ??= new Set()
    this.#trackedFields.add(name)
  }
}

/** Reads a field of a row. */
type Reader<Row> = (row: Row, options: RowOptions, struct: RowStruct<Row>) => Value

/** Creates the reader of a field. A field with JSON of its own is a pointer to a struct that prints as the text. */
function reader<Row>(name: string, { text, isBool, isTracked, json }: Field<Row>): Reader<Row> {
  if (isBool) return (row, options) => goBool(text(row, options) === 'true')
  if (json !== undefined) {
    return (row, options) => structWithText(text(row, options), rowType(`formatter.${name}`), json(row, options))
  }
  const readText: Reader<Row> = (row, options) => goString(text(row, options))
  if (!isTracked) return readText
  return (row, options, struct) => {
    struct.trackField(name)
    return readText(row, options, struct)
  }
}

/** The row to which a format is applied first. */
class TrialRow<Row> extends RowStruct<Row> {
  readonly #rows: Rows<Row>

  constructor(rows: Rows<Row>, row: Row, options: RowOptions, trackedFields: Set<string>) {
    super(rows, row, options, trackedFields)
    this.#rows = rows
  }

  override get fields(): Fields {
    return new Map([...super.fields, ['HeaderContext', headerContext(this.#rows.headers())]])
  }
}

const NO_PARAMETERS: readonly GoType[] = []
const LABEL_PARAMETERS: readonly GoType[] = [STRING]

/** Returns a pointer to a struct that prints as a text and has the fields of a JSON object. */
function structWithText(text: string, struct: GoType, json: string): Value {
  const type: GoType = { ...struct, hasStringMethod: true }
  const value = decode(type, parseJson(json))
  const fields = value.kind === 'struct' ? value.fields : new Map<string, Value>()
  const target: Value = { kind: 'struct', type, fields, toText: () => text, toJson: () => json }
  return { kind: 'pointer', type: pointerTo(type), target: json === 'null' ? undefined : target }
}

const rowTypes = new Map<string, GoType>()

function rowType(name: string): GoType {
  const type = rowTypes.get(name) ?? declaredType([ROW_TYPES[name] ?? ''], name)
  rowTypes.set(name, type)
  return type
}

/** Returns a set as Go represents it: a map to empty structs. */
function setValue(names: ReadonlySet<string>): Value {
  const empty: Value = { kind: 'struct', type: { kind: 'struct', name: 'struct {}', fields: [] }, fields: new Map() }
  return { kind: 'map', type: ANY_MAP, entries: new Map([...names].map((name) => [name, empty])) }
}

function headerContext(header: Value): Value {
  const type = rowType('formatter.HeaderContext')
  return { kind: 'struct', type, fields: new Map([['Header', { kind: 'interface', type: ANY, inner: header }]]) }
}
