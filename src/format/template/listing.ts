import { FormatError } from '../error.ts'
import { UTC } from '../time/gotime.ts'
import { type Field, jsonLine, type Listing, type Look } from '../views/field.ts'
import { templateText } from '../views/format-text.ts'
import type { RowFormat } from '../views/simple.ts'
import { TemplateError } from './error.ts'
import { HEADER_FUNCTIONS } from './functions.ts'
import { template } from './template.ts'
import { type GoFunc, type GoType, goBool, goString, mapOf, pointerTo, STRING, type Value } from './value.ts'

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
    header: () => headOf(() => parsed.execute(heads(listing), { functions: HEADER_FUNCTIONS })),
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
export function rowType<Row>({ typeName }: Listing<Row>): GoType {
  return pointerTo({ kind: 'struct', name: typeName.slice(1) })
}

/** A row as the object a template sees: each field is a method. */
export function rowValue<Row>(listing: Listing<Row>, row: Row, look: Look, asked?: Set<string>): Value {
  const { fields, label, typeName } = listing
  const methods = new Map<string, GoFunc>()
  for (const [name, field] of Object.entries(fields)) {
    const call = () => {
      asked?.add(name)
      return fieldValue(name, field, row, look)
    }
    methods.set(name, { parameters: [], call })
  }
  if (label !== undefined) {
    methods.set('Label', { parameters: [STRING], call: (name) => goString(label(row, textOf(name))) })
  }
  const type: GoType = { kind: 'struct', name: typeName.slice(1) }
  const json = () => {
    for (const name of Object.keys(fields)) asked?.add(name)
    return jsonLine(fields, row, look)
  }
  return { kind: 'pointer', type: pointerTo(type), target: { kind: 'struct', type, fields: new Map(), methods, json } }
}

/** A field as a value: text, or where JSON knows more, a pointer to a struct that prints as the text. */
function fieldValue<Row>(name: string, field: Field<Row>, row: Row, look: Look): Value {
  const text = field.text(row, look)
  if (field.isBool) return goBool(text === 'true')
  const json = field.json?.(row, look)
  if (json === undefined) return goString(text)
  const type: GoType = { kind: 'struct', name: `formatter.${name}` }
  const target: Value = { kind: 'struct', type, fields: new Map(), text: () => text, json: () => json }
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
