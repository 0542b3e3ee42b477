// Replaces variables in the values of a Compose file.
import { parseGoFloat } from '../go/float.ts'
import { goQuote } from '../go/quote.ts'
import { parseAtoi } from './scalar.ts'
import { isSequence, YamlFloat, type YamlMap, type YamlValue } from './value.ts'

/** Looks up a variable; undefined if it is not set. */
export type LookUp = (name: string) => string | undefined

/** The values that are not strings although variables are, by path. `*` matches any key, `[]` any item of a list. */
const CASTS: readonly (readonly [string, (text: string) => YamlValue])[] = [
  ...[
    'configs.[].mode',
    'secrets.[].mode',
    'healthcheck.retries',
    'deploy.replicas',
    'deploy.update_config.parallelism',
    'deploy.rollback_config.parallelism',
    'deploy.restart_policy.max_attempts',
    'deploy.placement.max_replicas_per_node',
    'ports.[].target',
    'ports.[].published',
    'ulimits.*',
    'ulimits.*.hard',
    'ulimits.*.soft',
  ].map((path) => [`services.*.${path}`, castInteger] as const),
  ...['deploy.update_config.max_failure_ratio', 'deploy.rollback_config.max_failure_ratio'].map(
    (path) => [`services.*.${path}`, castFloat] as const,
  ),
  ...[
    'services.*.healthcheck.disable',
    'services.*.privileged',
    'services.*.read_only',
    'services.*.stdin_open',
    'services.*.tty',
    'services.*.volumes.[].read_only',
    'services.*.volumes.[].volume.nocopy',
    'networks.*.external',
    'networks.*.internal',
    'networks.*.attachable',
    'volumes.*.external',
    'secrets.*.external',
    'configs.*.external',
  ].map((path) => [path, castBoolean] as const),
]

/**
 * Replaces the variables in all strings of a Compose file, but not in keys.
 * @throws Error with docker's message for invalid syntax, a required variable and a value of the wrong type
 */
export function interpolate(file: YamlMap, lookUp: LookUp): YamlMap {
  return new Map([...file].map(([key, value]) => [key, interpolateValue(value, key, lookUp)]))
}

function interpolateValue(value: YamlValue, path: string, lookUp: LookUp): YamlValue {
  if (isSequence(value)) return value.map((item) => interpolateValue(item, `${path}.[]`, lookUp))
  if (value instanceof Map) {
    return new Map([...value].map(([key, member]) => [key, interpolateValue(member, `${path}.${key}`, lookUp)]))
  }
  if (typeof value !== 'string') return value
  const text = substitute(value, path, lookUp)
  return text === value ? value : cast(text, path)
}

/** `$$`, `$NAME`, `${NAME}`, or a dollar sign that begins none of them. Without braces, a default extends to the next `}`. */
const VARIABLE = /\$(?:(\$)|([_a-z][_a-z0-9]*(?::?[-?][^}]*)?)|\{([_a-z][_a-z0-9]*(?::?[-?][^}]*)?)\}|())/gi

/** `VARIABLE` for a text without closing braces. */
const UNBRACED = /\$(?:(\$)|([_a-z][_a-z0-9]*(?::?[-?][^}]*)?)|())/gi

function substitute(text: string, path: string, lookUp: LookUp): string {
  // As in docker, a variable that can be replaced hides the fault of one before it.
  let fault: string | undefined
  const replace = (_: string, escaped?: string, named?: string, braced?: string) => {
    if (escaped) return escaped
    const expression = named || braced
    if (!expression) {
      fault = text
      return ''
    }
    const { value = '', missing } = evaluate(expression, lookUp)
    fault = missing
    return value
  }
  // Braces that are never closed would be searched for again at each dollar sign.
  const end = text.lastIndexOf('}') + 1
  const result = text.slice(0, end).replaceAll(VARIABLE, replace) + text.slice(end).replaceAll(UNBRACED, replace)
  if (fault === undefined) return result
  const quoted = goQuote(fault)
  throw new Error(`invalid interpolation format for ${path}: ${quoted}; you may need to escape any $ with another $`)
}

/** Evaluates `NAME`, `NAME:-default`, `NAME-default`, `NAME:?message` or `NAME?message`. */
function evaluate(expression: string, lookUp: LookUp): { value?: string; missing?: string } {
  for (const operator of [':-', '-', ':?', '?']) {
    const at = expression.indexOf(operator)
    if (at < 0) continue
    const name = expression.slice(0, at)
    const operand = expression.slice(at + operator.length)
    const value = lookUp(name)
    if (value !== undefined && !(operator.startsWith(':') && value === '')) return { value }
    if (operator.endsWith('-')) return { value: operand }
    return { missing: `required variable ${name} is missing a value: ${operand}` }
  }
  return { value: lookUp(expression) ?? '' }
}

function cast(text: string, path: string): YamlValue {
  const parts = path.split('.')
  const found = CASTS.find(([pattern]) => {
    const patternParts = pattern.split('.')
    return patternParts.length === parts.length && patternParts.every((part, at) => part === '*' || part === parts[at])
  })
  if (!found) return text
  try {
    return found[1](text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    throw new Error(`error while interpolating ${path}: failed to cast to expected type: ${reason}`, { cause: error })
  }
}

function castInteger(text: string): YamlValue {
  return parseAtoi(text, goQuote(text))
}

function castFloat(text: string): YamlValue {
  return new YamlFloat(parseGoFloat(text))
}

function castBoolean(text: string): boolean {
  const word = text.toLowerCase()
  if (['y', 'yes', 'true', 'on'].includes(word)) return true
  if (['n', 'no', 'false', 'off'].includes(word)) return false
  throw new Error(`invalid boolean: ${text}`)
}
