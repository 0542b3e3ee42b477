import { DURATION } from './duration.ts'
import { TIME } from './time.ts'
import {
  ANY,
  BOOL,
  ERROR,
  FLOAT,
  type GoType,
  goString,
  INT,
  INT64,
  type Method,
  mapOf,
  pointerTo,
  STRING,
  type StructField,
  sliceOf,
  UINT8,
  UINT32,
  UINT64,
} from './value.ts'

const PREDECLARED: readonly GoType[] = [
  BOOL,
  ERROR,
  INT,
  INT64,
  FLOAT,
  STRING,
  UINT8,
  UINT32,
  { kind: 'uint', name: 'uint' },
  { kind: 'uint', name: 'uint16' },
  UINT64,
  { kind: 'float', name: 'float32' },
  { kind: 'struct', name: 'struct {}', fields: [] },
  DURATION,
  TIME,
]

/** The properties of a type that its declaration does not contain. */
export type TypeBehavior = Pick<GoType, 'methods' | 'formatInteger' | 'formatStruct' | 'parseText'>

/**
 * Parses declarations of Go types. Each line declares a type or a field, and a type must be declared before its use.
 *
 * - `type NAME TYPE` declares a named type.
 * - `struct NAME` begins a struct, and `sorted NAME` one whose JSON is sorted by name.
 * - `FIELD TYPE [json name] [omitempty]` adds a field to the struct. The JSON name `-` omits it from JSON.
 * - `embed TYPE` embeds a struct or a pointer to one.
 * @param behavior by the name of the type
 */
export function parseTypes(
  declarations: string,
  behavior: ReadonlyMap<string, TypeBehavior>,
): ReadonlyMap<string, GoType> {
  const types = new Map(PREDECLARED.map((type) => [type.name, type]))
  let fields: StructField[] = []
  for (const line of declarations.split('\n')) {
    const [first = '', second = '', ...rest] = line.trim().split(/ +/)
    switch (first) {
      case '':
        break
      case 'type':
        types.set(second, { ...findType(rest.join(' '), types), name: second, ...behavior.get(second) })
        break
      case 'struct':
      case 'sorted':
        fields = []
        types.set(second, structType(second, first === 'sorted', fields, behavior.get(second)))
        break
      case 'embed':
        fields.push(embeddedField(findType(second, types)))
        break
      default:
        fields.push(structField(first, findType(second, types), rest))
    }
  }
  return types
}

function structType(
  name: string,
  isJsonSorted: boolean,
  fields: readonly StructField[],
  behavior: TypeBehavior = {},
): GoType {
  const { formatStruct, parseText } = behavior
  return {
    kind: 'struct',
    name,
    fields,
    ...behavior,
    ...(isJsonSorted ? { isJsonSorted } : {}),
    ...(formatStruct === undefined && parseText === undefined ? {} : { hasStringMethod: true }),
    ...(parseText === undefined ? {} : { methods: STRING_METHOD }),
  }
}

/** The String method of structs that JSON represents as strings. */
const STRING_METHOD: ReadonlyMap<string, Method> = new Map([
  ['String', { parameters: [], call: (value) => goString(value.kind === 'struct' ? (value.toText?.() ?? '') : '') }],
])

function structField(name: string, type: GoType, options: readonly string[]): StructField {
  const json = options.find((option) => option !== 'omitempty') ?? name
  return { name, json: json === '-' ? '' : json, omitEmpty: options.includes('omitempty'), type, embedded: false }
}

function embeddedField(type: GoType): StructField {
  const name = type.name.replace(/^.*\./, '')
  return { name, json: '', omitEmpty: false, type, embedded: true }
}

function findType(text: string, types: ReadonlyMap<string, GoType>): GoType {
  if (text.startsWith('*')) return pointerTo(findType(text.slice(1), types))
  if (text.startsWith('[]')) return sliceOf(findType(text.slice(2), types))
  const map = /^map\[([^\]]+)\](.+)$/.exec(text)
  if (map !== null) return mapOf(findType(map[1] ?? '', types), findType(map[2] ?? '', types))
  return types.get(text.replace('{}', ' {}')) ?? ANY
}
