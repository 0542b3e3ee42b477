import { FormatError } from '../error.ts'
import { UTC } from '../time/gotime.ts'
import { type Field, jsonLine, type Listing, type Look } from '../views/field.ts'
import { templateText } from '../views/format-text.ts'
import type { RowFormat } from '../views/simple.ts'
import { decode } from './decode.ts'
import { TemplateError } from './error.ts'
import { HEADER_FUNCTIONS } from './functions.ts'
import { parseJson } from './json-parse.ts'
import { template } from './template.ts'
import { declared } from './types/declared.ts'
import { ROW_TYPES } from './types/rows.ts'
import {
  type GoFunc,
  type GoType,
  goBool,
  goString,
  mapOf,
  pointerTo,
  STRING,
  type StructValue,
  type Value,
} from './value.ts'

/**
 * Compiles a list's format with the template engine.
 * @param blank a row without data that the format is tried on first, as `ps` does
 * @throws FormatError with docker's words for a template that cannot be read, or that does not fit the blank row
 */
export function templateFormat<Row>(format: string, listing: Listing<Row>, blank?: Row): RowFormat<Row> {
  const shown = blank === undefined ? new Set<string>() : tried(format, listing, blank)
  const parsed = failing('template parsing error', () => template(templateText(format)))
  return {
    row: (row, look) => failing('template parsing error', () => parsed.execute(rowValue(listing, row, look))),
    header: () => headOf(() => parsed.withFunctions(HEADER_FUNCTIONS).execute(heads(listing))),
    shows: (name) => shown.has(name),
  }
}

/** The fields a format asks of a row; docker takes the format as typed here, with its `table` and `\t`. */
function tried<Row>(format: string, listing: Listing<Row>, blank: Row): ReadonlySet<string> {
  const parsed = failing('failed to parse template', () => template(format))
  const asked = new Set<string>()
  const look: Look = { truncate: false, now: 0, zone: () => UTC }
  failing('failed to execute template', () => parsed.execute(rowValue(listing, blank, look, asked)))
  return asked
}

function failing<T>(prefix: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError) throw new FormatError(`${prefix}: ${error.message}`)
    throw error
  }
}

/** docker does not mind when a format does not fit the heads; what came before is the head. */
function headOf(write: () => string): string {
  try {
    return write()
  } catch (error) {
    if (error instanceof TemplateError) return error.written
    throw error
  }
}

/** The Go type of a listing's rows, a pointer to a struct. */
export function rowPointer<Row>({ typeName }: Listing<Row>): GoType {
  return lazyPointer(lazyRowType(typeName.slice(1)))
}

/** A row as the object a template sees: each field is a method. */
export function rowValue<Row>(listing: Listing<Row>, row: Row, look: Look, asked?: Set<string>): Value {
  const type = lazyRowType(listing.typeName.slice(1))
  return { kind: 'pointer', type: lazyPointer(type), target: new RowStruct(type, listing, row, look, asked) }
}

/** docker's struct of a row. Of its many parts a template needs few, so each is made when it is looked for. */
class RowStruct<Row> implements StructValue {
  readonly kind = 'struct'
  readonly type: GoType
  readonly #listing: Listing<Row>
  readonly #row: Row
  readonly #look: Look
  readonly #asked: Set<string> | undefined

  constructor(type: GoType, listing: Listing<Row>, row: Row, look: Look, asked: Set<string> | undefined) {
    this.type = type
    this.#listing = listing
    this.#row = row
    this.#look = look
    this.#asked = asked
  }

  get fields(): ReadonlyMap<string, Value> {
    return fieldsInside(this.type, this.#listing.inside(this.#row, this.#look))
  }

  get methods() {
    return this
  }

  /** The method of a name. */
  get(name: string): GoFunc | undefined {
    return rowMethod(this.#listing, this.#row, this.#look, name, this.#asked)
  }

  json(): string {
    const { fields } = this.#listing
    for (const name of Object.keys(fields)) this.#asked?.add(name)
    return jsonLine(fields, this.#row, this.#look)
  }
}

/** The method that gives a field of a row, made when it is called for: there are many rows. */
function rowMethod<Row>(
  { fields, label }: Listing<Row>,
  row: Row,
  look: Look,
  name: string,
  asked: Set<string> | undefined,
): GoFunc | undefined {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field === undefined) {
    if (name !== 'Label' || label === undefined) return
    return { parameters: [STRING], call: (wanted) => goString(label(row, textOf(wanted))) }
  }
  const call = () => {
    asked?.add(name)
    return fieldValue(name, field, row, look)
  }
  return { parameters: [], call }
}

const lazyTypes = new Map<string, GoType>()

/** A row's type, whose fields are declared when somebody looks for them. */
function lazyRowType(name: string): GoType {
  const known = lazyTypes.get(name)
  if (known !== undefined) return known
  const type: GoType = {
    kind: 'struct',
    name,
    get fields() {
      return rowType(name).fields ?? []
    },
  }
  lazyTypes.set(name, type)
  return type
}

const lazyPointers = new Map<GoType, GoType>()

function lazyPointer(type: GoType): GoType {
  const known = lazyPointers.get(type) ?? pointerTo(type)
  lazyPointers.set(type, known)
  return known
}

const rowTypes = new Map<string, GoType>()

function rowType(name: string): GoType {
  const known = rowTypes.get(name) ?? declared([ROW_TYPES[name] ?? ''], name)
  rowTypes.set(name, known)
  return known
}

function fieldsInside(type: GoType, inside: object): ReadonlyMap<string, Value> {
  const value = decode(type, parseJson(JSON.stringify(inside)))
  return value.kind === 'struct' ? value.fields : new Map()
}

/** A field as a value: text, or where JSON knows more, a pointer to a struct that prints as the text. */
function fieldValue<Row>(name: string, field: Field<Row>, row: Row, look: Look): Value {
  const text = field.text(row, look)
  if (field.isBool) return goBool(text === 'true')
  const json = field.json?.(row, look)
  if (json === undefined) return goString(text)
  const type: GoType = { ...rowType(`formatter.${name}`), printsItself: true }
  const fields = decode(type, parseJson(json))
  const target: Value = {
    kind: 'struct',
    type,
    fields: fields.kind === 'struct' ? fields.fields : new Map(),
    text: () => text,
    json: () => json,
  }
  return { kind: 'pointer', type: pointerTo(type), target: json === 'null' ? undefined : target }
}

/** The heads of all fields, as a map; a label's head is the last part of its name. */
function heads<Row>({ fields, label }: Listing<Row>): Value {
  const entries = new Map(Object.entries(fields).map(([name, { header }]) => [name, goString(header)]))
  const head = (name?: Value) => goString((textOf(name).split('.').at(-1) ?? '').replace(/[-_]/g, ' '))
  const methods = new Map(label === undefined ? [] : [['Label', { parameters: [STRING], call: head }]])
  return { kind: 'map', type: mapOf(STRING, STRING, 'formatter.SubHeaderContext'), entries, methods }
}

function textOf(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : ''
}
