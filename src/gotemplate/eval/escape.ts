/** Go's `html`, `js` and `urlquery`, which escape their arguments as printed by fmt.Sprint. */
import { toBytes } from '../../domain/go/bytes.ts'
import { printValue, sprint } from '../fmt/print.ts'
import { dereference, goString, unwrap, type Value } from '../values/value.ts'

function printArguments(values: readonly Value[]): string {
  const [only, ...rest] = values.map(unwrap)
  if (only?.kind === 'string' && rest.length === 0) return only.value
  if (rest.length === 0 && only !== undefined) return printValue(only) ?? ''
  return sprint(values.map(toPrintable))
}

/** Follows pointers, and replaces nil by the text that templates print for it. */
function toPrintable(value: Value): Value {
  const item = unwrap(value)
  if (item.kind === 'nil') return goString('<no value>')
  return item.kind === 'pointer' && item.target !== undefined ? dereference(item) : item
}

const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

export function escapeHtml(values: readonly Value[]): string {
  return printArguments(values).replace(/[\0"'&<>]/g, (character) => HTML[character] ?? character)
}

const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
}

export function escapeJs(values: readonly Value[]): string {
  return printArguments(values).replace(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cs} ]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
    return JS[character] ?? `\\u${code.padStart(4, '0')}`
  })
}

export function escapeQuery(values: readonly Value[]): string {
  return [...toBytes(printArguments(values))]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (/[\w.~-]/.test(character)) return character
      return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
