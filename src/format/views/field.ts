import type { Zone } from '../../domain/go/gotime.ts'
import { jsonString } from '../../domain/go/json-text.ts'

/** How the rows of a list are to be written. */
export interface Look {
  /** Whether ids, commands and names are cut to what fits a table. */
  readonly truncate: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  /** The zone that times are shown in; asked for only when a time is shown. */
  readonly zone: () => Zone
}

/** One field of a list's rows: what a default column, `{{.Name}}` and `json` are all made from. */
export interface Field<Row> {
  /** The column's head in tables. */
  readonly header: string
  readonly text: (row: Row, look: Look) => string
  /** Whether templates and JSON know it as a boolean; the text is `true` or `false`. */
  readonly isBool?: true
  /** Whether docker's row takes note of being asked for it (FieldsUsed), since it costs the daemon time. */
  readonly isNoted?: true
  /** The text among the members of the row's JSON, where it is another one there. */
  readonly member?: (row: Row, look: Look) => string
  /** The field as JSON, where it is not the text as a string. */
  readonly json?: (row: Row, look: Look) => string
}

export type Fields<Row> = Readonly<Record<string, Field<Row>>>

/** A kind of list: what its rows can show. */
export interface Listing<Row> {
  /** The type's name in docker's error texts. */
  readonly typeName: string
  readonly fields: Fields<Row>
  /** What docker's type of a row holds beside its fields, for templates that print a row as a whole: `{{.}}`. */
  readonly inside: (row: Row, look: Look) => object
  /** What `{{.Label "name"}}` gives, where rows have labels. */
  readonly label?: (row: Row, name: string) => string
}

/** All fields of a row as docker's `json` format prints them: sorted by name, `<>&` escaped. */
export function jsonLine<Row>(fields: Fields<Row>, row: Row, look: Look): string {
  const members = sortedNames(fields).map((name) => `"${name}":${jsonField(fields[name], row, look)}`)
  return `{${members.join(',')}}`
}

function jsonField<Row>(field: Field<Row> | undefined, row: Row, look: Look): string {
  if (field === undefined) return 'null'
  if (field.isBool) return field.text(row, look)
  const { text, member = text, json } = field
  return json === undefined ? jsonString(member(row, look), true) : json(row, look)
}

const names = new WeakMap<object, readonly string[]>()

function sortedNames(fields: Fields<never>): readonly string[] {
  const known = names.get(fields)
  if (known !== undefined) return known
  const sorted = Object.keys(fields).sort()
  names.set(fields, sorted)
  return sorted
}
