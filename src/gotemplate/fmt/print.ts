import { type ComplexValue, followed, sortedEntries, type Value } from '../values/value.ts'

/** What a template writes for a value (fmt.Fprint); undefined for a function, which cannot be printed. */
export function printed(value: Value): string | undefined {
  if (value.kind === 'string') return value.value
  if (value.kind === 'func') return
  const shown = value.kind === 'pointer' && value.target !== undefined ? followed(value) : value
  if (shown.kind === 'nil') return '<no value>'
  return plain(shown)
}

/** A value as Go's `%v` prints it; nothing but maps is sorted. */
export function plain(value: Value, isInside = false): string {
  switch (value.kind) {
    case 'nil':
      return '<nil>'
    case 'bool':
      return String(value.value)
    case 'int':
    case 'uint':
      return value.type.shown?.(value.value) ?? String(value.value)
    case 'float':
      return shortestFloat(value.value)
    case 'complex':
      return complex(value)
    case 'string':
      return value.value
    case 'slice':
      return `[${(value.items ?? []).map((item) => plain(item, true)).join(' ')}]`
    case 'map':
      return `map[${sortedEntries(value.entries)
        .map(([key, item]) => `${key}:${plain(item, true)}`)
        .join(' ')}]`
    case 'struct':
      if (value.text !== undefined) return value.text()
      return `{${[...value.fields].map(([name, field]) => plain(isOwn(name) ? withoutOwnText(field) : field, true)).join(' ')}}`
    case 'interface':
      return value.inner === undefined ? '<nil>' : plain(value.inner, isInside)
    case 'pointer':
      return pointer(value, isInside)
    case 'func':
      return ADDRESS
  }
}

function complex({ real, imaginary }: ComplexValue): string {
  const text = shortestFloat(imaginary)
  return `(${shortestFloat(real)}${/^[+-]/.test(text) ? '' : '+'}${text}i)`
}

/** Whether a struct keeps a field to its package. */
export function isOwn(name: string): boolean {
  const first = name.charCodeAt(0)
  return (first >= 0x61 && first <= 0x7a) || first === 0x5f
}

/** What is inside a field that a package keeps to itself: Go asks nothing there how it prints. */
export function withoutOwnText(value: Value): Value {
  if (value.kind !== 'struct') return value
  const { kind, type, fields } = value
  return { kind, type, fields: new Map([...fields].map(([name, field]) => [name, withoutOwnText(field)])) }
}

/** Stands for a memory address, which differs from run to run in docker too. */
export const ADDRESS = '0xc000000000'

function pointer({ target }: Extract<Value, { kind: 'pointer' }>, isInside: boolean): string {
  if (target === undefined) return '<nil>'
  if (target.kind === 'struct' && target.text !== undefined) return target.text()
  const isComposite = target.kind === 'struct' || target.kind === 'map' || target.kind === 'slice'
  return isComposite && !isInside ? `&${plain(target, true)}` : ADDRESS
}

/** Go's `%v` of a float: the shortest digits, with an exponent from 1e+06 on and below 1e-04. */
export function shortestFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (value === 0 || (power >= -4 && power < 6)) return String(value)
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`
}
