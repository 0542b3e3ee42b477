import { plain } from './print.ts'
import { goDuration } from './time.ts'
import {
  ANY,
  BOOL,
  FLOAT,
  type GoType,
  INT,
  INT64,
  mapOf,
  pointerTo,
  STRING,
  type StructField,
  sliceOf,
  type Value,
} from './value.ts'

const KNOWN: readonly GoType[] = [
  BOOL,
  INT,
  INT64,
  FLOAT,
  STRING,
  { kind: 'uint', name: 'uint' },
  { kind: 'uint', name: 'uint16' },
  { kind: 'uint', name: 'uint32' },
  { kind: 'uint', name: 'uint64' },
  { kind: 'struct', name: 'struct {}', fields: [] },
  { kind: 'int', name: 'time.Duration', shown: goDuration },
  { kind: 'struct', name: 'time.Time', isTime: true },
]

/** Struct types with a String method. */
const SHOWN: Readonly<Record<string, NonNullable<GoType['shownStruct']>>> = {
  'units.Ulimit': (fields) => `${part(fields, 'Name')}=${part(fields, 'Soft')}:${part(fields, 'Hard')}`,
}

function part(fields: ReadonlyMap<string, Value>, name: string): string {
  const value = fields.get(name)
  return value === undefined ? '' : plain(value)
}

/**
 * Go types from their declarations in short: `type NAME TYPE` names a type, `struct NAME` begins a struct whose indented
 * lines are `FIELD TYPE [json name] [omitempty]`, and `embed TYPE` embeds one. Types are used after they are declared.
 */
export function schema(declarations: string): ReadonlyMap<string, GoType> {
  const types = new Map(KNOWN.map((type) => [type.name, type]))
  let fields: StructField[] = []
  for (const line of declarations.split('\n')) {
    const [first = '', second = '', ...rest] = line.trim().replace('struct {}', 'struct{}').split(/ +/)
    if (first === 'type') types.set(second, { ...typeNamed(rest.join(' '), types), name: second })
    else if (first === 'struct') {
      fields = []
      const shownStruct = SHOWN[second]
      types.set(second, { kind: 'struct', name: second, fields, ...(shownStruct === undefined ? {} : { shownStruct }) })
    } else if (first === 'embed') fields.push(embedded(typeNamed(second, types)))
    else if (first !== '') fields.push(structField(first, typeNamed(second, types), rest))
  }
  return types
}

function structField(name: string, type: GoType, options: readonly string[]): StructField {
  const json = options.find((option) => option !== 'omitempty') ?? name
  return { name, json, omitEmpty: options.includes('omitempty'), type, embedded: false }
}

function embedded(type: GoType): StructField {
  const name = type.name.replace(/^.*\./, '')
  return { name, json: '', omitEmpty: false, type, embedded: true }
}

function typeNamed(text: string, types: ReadonlyMap<string, GoType>): GoType {
  if (text.startsWith('*')) return pointerTo(typeNamed(text.slice(1), types))
  if (text.startsWith('[]')) return sliceOf(typeNamed(text.slice(2), types))
  const map = /^map\[([^\]]+)\](.+)$/.exec(text)
  if (map !== null) return mapOf(typeNamed(map[1] ?? '', types), typeNamed(map[2] ?? '', types))
  return types.get(text === 'struct{}' ? 'struct {}' : text) ?? ANY
}
