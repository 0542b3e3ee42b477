import { type GoType, parseTypes, pointerTo } from '../../../gotemplate/template.ts'
import { BEHAVIOR } from './behavior.ts'

/**
 * Returns a Go type from declarations in the notation of `parseTypes`.
 * @param name the type's name; a `*` before it stands for a pointer to the type
 */
export function declaredType(declarations: readonly string[], name: string): GoType {
  const bareName = name.replace('*', '')
  const type = parseTypes(declarations.join(''), BEHAVIOR).get(bareName) ?? {
    kind: 'struct',
    name: bareName,
    fields: [],
  }
  return name === bareName ? type : pointerTo(type)
}
