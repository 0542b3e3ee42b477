import { plain } from '../fmt/print.ts'
import { DURATION } from './duration.ts'
import { TEXT_METHODS } from './methods.ts'
import { TIME } from './time.ts'
import {
  ANY,
  BOOL,
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
  type Value,
} from './value.ts'

const KNOWN: readonly GoType[] = [
  BOOL,
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

/** Struct types with a String method. */
const SHOWN: Readonly<Record<string, NonNullable<GoType['shownStruct']>>> = {
  'swarm.Version': (fields) => part(fields, 'Index'),
  'units.Ulimit': (fields) => `${part(fields, 'Name')}=${part(fields, 'Soft')}:${part(fields, 'Hard')}`,
}

function part(fields: ReadonlyMap<string, Value>, name: string): string {
  const value = fields.get(name)
  return value === undefined ? '' : plain(value)
}

/** Structs that JSON has as one text, and what their fields are. */
const FROM_TEXT: Readonly<Record<string, NonNullable<GoType['fromText']>>> = {
  'registry.NetIPNet': () => new Map(),
  'types.PluginInterfaceType': (text) => {
    const [, Prefix = '', Capability = '', Version = ''] = /^(.*?)\.([^/]*)\/(.*)$/.exec(text) ?? []
    return new Map(Object.entries({ Capability, Prefix, Version }).map(([name, value]) => [name, goString(value)]))
  },
}

/** Integers and texts that print in a way of their own. */
const SHOWN_INTEGERS: Readonly<Record<string, NonNullable<GoType['shown']>>> = { 'fs.FileMode': fileMode }

/** The mode of a file as `ls` prints it. */
function fileMode(mode: bigint): string {
  const bits = Number(mode & 0o777n)
  const letters = [...'rwxrwxrwx'].map((letter, at) => (bits & (1 << (8 - at)) ? letter : '-'))
  return `-${letters.join('')}`
}

/**
 * Go types from their declarations in short: `type NAME TYPE` names a type, `struct NAME` begins a struct whose indented
 * lines are `FIELD TYPE [json name] [omitempty]`, where the name `-` keeps the field out of JSON, and `embed TYPE` embeds
 * one. `sorted NAME` is a struct whose JSON is sorted by name, `text NAME` one that JSON has as text. Types are used after
 * they are declared.
 */
export function schema(declarations: string): ReadonlyMap<string, GoType> {
  const types = new Map(KNOWN.map((type) => [type.name, type]))
  let fields: StructField[] = []
  for (const line of declarations.split('\n')) {
    const [first = '', second = '', ...rest] = line.trim().split(/ +/)
    switch (first) {
      case '':
        break
      case 'type':
        types.set(second, named(second, typeNamed(rest.join(' '), types)))
        break
      case 'struct':
      case 'sorted':
      case 'text':
        fields = []
        types.set(second, struct(second, first, fields))
        break
      case 'embed':
        fields.push(embedded(typeNamed(second, types)))
        break
      default:
        fields.push(structField(first, typeNamed(second, types), rest))
    }
  }
  return types
}

function named(name: string, type: GoType): GoType {
  const shown = SHOWN_INTEGERS[name]
  const methods = TEXT_METHODS[name]
  return { ...type, name, ...(shown === undefined ? {} : { shown }), ...(methods === undefined ? {} : { methods }) }
}

function struct(name: string, as: 'struct' | 'sorted' | 'text', fields: readonly StructField[]): GoType {
  const shownStruct = SHOWN[name]
  const fromText = FROM_TEXT[name]
  return {
    kind: 'struct',
    name,
    fields,
    ...(as === 'sorted' ? { sortsJson: true } : {}),
    ...(shownStruct === undefined ? {} : { shownStruct, printsItself: true }),
    ...(fromText === undefined ? {} : { fromText, methods: PRINTS_ITSELF, printsItself: true }),
  }
}

/** The String method of structs that are text. */
const PRINTS_ITSELF: ReadonlyMap<string, Method> = new Map([
  ['String', { parameters: [], call: (value) => goString(plain(value)) }],
])

function structField(name: string, type: GoType, options: readonly string[]): StructField {
  const json = options.find((option) => option !== 'omitempty') ?? name
  return { name, json: json === '-' ? '' : json, omitEmpty: options.includes('omitempty'), type, embedded: false }
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
  return types.get(text.replace('{}', ' {}')) ?? ANY
}
