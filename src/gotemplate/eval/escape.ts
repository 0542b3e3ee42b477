import { printed } from '../fmt/print.ts'
import { sprint } from '../fmt/printf.ts'
import { toBytes } from '../values/bytes.ts'
import { followed, goString, opened, type Value } from '../values/value.ts'

/** The arguments of `html`, `js` and `urlquery` as the text they escape. */
function asText(values: readonly Value[]): string {
  const [only, ...rest] = values.map(opened)
  if (only?.kind === 'string' && rest.length === 0) return only.value
  if (rest.length === 0 && only !== undefined) return printed(only) ?? ''
  return sprint(values.map(shown))
}

/** Pointers are followed to what they lead to. */
function shown(value: Value): Value {
  const item = opened(value)
  if (item.kind === 'nil') return goString('<no value>')
  return item.kind === 'pointer' && item.target !== undefined ? followed(item) : item
}

const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
}

export function html(values: readonly Value[]): string {
  return asText(values).replace(/[\0"'&<>]/g, (found) => HTML[found] ?? found)
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

export function js(values: readonly Value[]): string {
  return asText(values).replace(/[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cs} ]/gu, (found) => {
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase()
    return JS[found] ?? `\\u${code.padStart(4, '0')}`
  })
}

export function urlQuery(values: readonly Value[]): string {
  return [...toBytes(asText(values))]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      if (/[\w.~-]/.test(character)) return character
      return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
