import { schema } from './schema.ts'
import { type GoType, pointerTo } from './value.ts'

/** One type of declarations in the short form of `schema`; `*` in front of the name stands for a pointer to it. */
export function declared(declarations: readonly string[], name: string): GoType {
  const bare = name.replace('*', '')
  const type = schema(declarations.join('')).get(bare) ?? { kind: 'struct', name: bare, fields: [] }
  return name === bare ? type : pointerTo(type)
}
