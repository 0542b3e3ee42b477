/** The fields of lists. Default columns, templates and JSON all use the same fields. */
import type { Zone } from '../../domain/go/gotime.ts'
import { jsonString } from '../../domain/go/json-text.ts'

/** Options for formatting the rows of a list. */
export interface RowOptions {
  /** Whether ids, commands and names are truncated to fit a table. */
  readonly truncate: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  /** Returns the time zone for times. Called only if the output contains a time. */
  readonly zone: () => Zone
}

/** A field of a list's rows. */
export interface Field<Row> {
  /** The column's header in tables. */
  readonly header: string
  readonly text: (row: Row, options: RowOptions) => string
  /** What separates the entries of a list. They get a line each where a table is wider than the terminal. */
  readonly separator?: string
  /** Whether the field is a boolean in templates and JSON; the text is `true` or `false`. */
  readonly isBool?: true
  /** Whether docker records that a template uses the field (FieldsUsed), because the daemon needs time to compute it. */
  readonly isTracked?: true
  /** Returns the text for the row's JSON, if it differs from the text in tables. */
  readonly jsonText?: (row: Row, options: RowOptions) => string
  /** Returns the field as JSON, if it is not the text as a string. */
  readonly json?: (row: Row, options: RowOptions) => string
  /** Whether docker 28 does not have the field. The JSON of a whole row leaves it out, so that scripts read the same. */
  readonly isNewer?: true
}

export type Fields<Row> = Readonly<Record<string, Field<Row>>>

/** A kind of list and the fields of its rows. */
export interface Listing<Row> {
  /** The name of docker's type, for errors. */
  readonly typeName: string
  readonly fields: Fields<Row>
  /** Returns the unexported fields of docker's type, for templates that print a row as a whole: `{{.}}`. */
  readonly internals: (row: Row, options: RowOptions) => object
  /** Returns the value of `{{.Label "name"}}`; absent if rows have no labels. */
  readonly label?: (row: Row, name: string) => string
}

/** Formats a row as docker's format `json` does: all fields, sorted by name, with `<`, `>` and `&` escaped. */
export function formatJsonLine<Row>(fields: Fields<Row>, row: Row, options: RowOptions): string {
  const members = sortedNames(fields).map((name) => `"${name}":${jsonValue(fields[name], row, options)}`)
  return `{${members.join(',')}}`
}

function jsonValue<Row>(field: Field<Row> | undefined, row: Row, options: RowOptions): string {
  if (field === undefined) return 'null'
  if (field.isBool) return field.text(row, options)
  const { text, jsonText = text, json } = field
  return json === undefined ? jsonString(jsonText(row, options), true) : json(row, options)
}

const nameCache = new WeakMap<object, readonly string[]>()

function sortedNames(fields: Fields<never>): readonly string[] {
  const cached = nameCache.get(fields)
  if (cached !== undefined) return cached
  const sorted = Object.keys(fields)
    .filter((name) => !fields[name]?.isNewer)
    .sort()
  nameCache.set(fields, sorted)
  return sorted
}
