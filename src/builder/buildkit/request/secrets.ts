import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { fieldsOf } from './fields.ts'

/** One `--secret`, as it was typed. */
export interface TypedSecret {
  readonly id: string
  /** Empty where it is not given. */
  readonly path: string
  /** The name of a variable; empty where it is not given. */
  readonly variable: string
}

/**
 * Reads `--secret`: `id=…` with `src=` or `env=`.
 * @throws Error in buildx's words
 */
export function readSecret(text: string): TypedSecret {
  let type = ''
  let id = ''
  let path = ''
  let variable = ''
  for (const field of secretFields(text)) {
    const equals = field.indexOf('=')
    if (equals < 0) throw new Error(`invalid field '${field}' must be a key=value pair`)
    const key = field.slice(0, equals).toLowerCase()
    const value = field.slice(equals + 1)
    if (key === 'type') type = value
    else if (key === 'id') id = value
    else if (key === 'source' || key === 'src') path = value
    else if (key === 'env') variable = value
    else throw new Error(`unexpected key '${key}' in '${field}'`)
    if (key === 'type' && value !== 'file' && value !== 'env')
      throw new Error(`unsupported secret type ${goQuote(value)}`)
  }
  if (type === 'env' && variable === '') return { id, path: '', variable: path }
  return { id, path, variable }
}

function secretFields(text: string): readonly string[] {
  try {
    return fieldsOf(text)
  } catch (error) {
    throw new Error(`failed to parse csv secret: ${messageOf(error)}`)
  }
}

/** One `--ssh`: an agent's id, and the socket or the keys that it uses. */
export interface TypedAgent {
  readonly id: string
  readonly paths: readonly string[]
}

/** Reads `--ssh`: `default`, `id=socket`, `id=key,key`. */
export function readAgent(text: string): TypedAgent {
  const equals = text.indexOf('=')
  return equals < 0 ? { id: text, paths: [] } : { id: text.slice(0, equals), paths: text.slice(equals + 1).split(',') }
}
