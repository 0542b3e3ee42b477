// Validates Compose files, and chooses the error that docker reports.
import { parseShortPublished } from '../container/port.ts'
import { parseDuration } from '../go/duration.ts'
import { composeSchema, LATEST_MINOR, type Schema, type SchemaType } from './schema.ts'
import {
  isInteger,
  isSequence,
  NonStringMap,
  printValue,
  YamlFloat,
  type YamlMap,
  YamlTime,
  type YamlValue,
} from './value.ts'

/** Returns the version of a Compose file: the newest one if the file has none or just `3`. */
export function composeVersion(file: YamlMap): string {
  const version = file.get('version')
  const text = version === undefined ? '' : printValue(version)
  return text === '' || text === '3' ? `3.${LATEST_MINOR}` : text
}

/**
 * Validates a Compose file.
 * @throws Error with docker's message for the most specific error (docker/cli compose/schema)
 */
export function validateCompose(file: YamlMap, version: string): void {
  const minor = /^3\.(0|[1-9]\d?)$/.exec(version)?.[1]
  if (minor === undefined || Number(minor) > LATEST_MINOR) {
    throw new Error(`unsupported Compose file version: ${version}`)
  }
  refuseUnencodable(file)
  const { errors } = validate(file, composeSchema(Number(minor)), [])
  if (errors.length > 0) throw new Error(describeMostSpecific(errors))
}

/** docker validates the file as JSON, which cannot represent all that YAML can. */
function refuseUnencodable(value: YamlValue): void {
  if (value instanceof NonStringMap) throw new Error('json: unsupported type: map[interface {}]interface {}')
  if (value instanceof YamlFloat && !Number.isFinite(value.value)) {
    throw new Error(`json: unsupported value: ${printValue(value)}`)
  }
  if (isSequence(value)) for (const item of value) refuseUnencodable(item)
  if (value instanceof Map) for (const key of [...value.keys()].sort()) refuseUnencodable(value.get(key) ?? null)
}

interface SchemaError {
  readonly path: readonly string[]
  readonly kind: 'type' | 'oneOf' | 'other'
  readonly message: string
}

/**
 * The errors of a value. Of the alternatives of `oneOf`, the errors of the one with the highest score are reported, which is
 * probably the one that was meant. The points are those of docker's library, gojsonschema.
 */
class Result {
  readonly errors: SchemaError[] = []
  score = 0

  add(path: readonly string[], kind: SchemaError['kind'], message: string): void {
    this.errors.push({ path, kind, message })
    this.score -= 2
  }

  merge(other: Result): void {
    // Not with a spread, because the number of arguments of a call is limited.
    for (const error of other.errors) this.errors.push(error)
    this.score += other.score
  }
}

function validate(value: YamlValue, schema: Schema, path: readonly string[]): Result {
  const result = new Result()
  validateInto(result, value, schema, path)
  return result
}

function validateInto(result: Result, value: YamlValue, schema: Schema, path: readonly string[]): void {
  const types = typesOf(value)
  if (schema.types && !schema.types.some((type) => types.includes(type))) {
    result.add(path, 'type', `must be a ${describeTypes(schema.types)}`)
    return
  }
  validateAlternatives(result, value, schema, path)
  if (isSequence(value)) validateSequence(result, value, schema, path)
  if (value instanceof Map) validateMap(result, value, schema, path)
  if (isNumber(value)) validateNumber(result, value, schema, path)
  if (isText(value)) result.score++
  validateCommon(result, value, schema, path)
  if (value instanceof Map) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const member = value.get(name)
      if (member !== undefined) validateInto(result, member, property, [...path, name])
    }
  }
  result.score++
}

function validateAlternatives(result: Result, value: YamlValue, schema: Schema, path: readonly string[]): void {
  if (schema.oneOf) {
    const results = schema.oneOf.map((alternative) => validate(value, alternative, path))
    const valid = results.filter(({ errors }) => errors.length === 0)
    if (valid.length !== 1) {
      result.add(path, 'oneOf', 'Must validate one and only one schema (oneOf)')
      const best = results.reduce((first, other) => (other.score > first.score ? other : first))
      if (valid.length === 0) result.merge(best)
    }
  }
  result.score++
}

function validateSequence(result: Result, values: readonly YamlValue[], schema: Schema, path: readonly string[]): void {
  const { items } = schema
  if (items) for (const [index, item] of values.entries()) result.merge(validate(item, items, [...path, String(index)]))
  if (schema.isUnique) {
    const positions = new Map<string, number>()
    for (const [index, item] of values.entries()) {
      const text = jsonOf(item)
      const first = positions.get(text)
      if (first !== undefined) result.add(path, 'other', `array items[${first},${index}] must be unique`)
      positions.set(text, index)
    }
  }
  result.score++
}

function validateMap(result: Result, map: YamlMap, schema: Schema, path: readonly string[]): void {
  for (const name of schema.required ?? []) {
    if (map.has(name)) result.score++
    else result.add(path, 'other', `${name} is required`)
  }
  for (const [name, member] of map) {
    const matching = (schema.patterns ?? []).filter(([pattern]) => pattern.test(name))
    for (const [, described] of matching) result.merge(validate(member, described, [...path, name]))
    if (matching.length > 0) result.score++
    else if (schema.isClosed && !Object.hasOwn(schema.properties ?? {}, name)) {
      result.add(path, 'other', `Additional property ${name} is not allowed`)
    }
  }
  result.score++
}

function validateNumber(result: Result, value: YamlValue, { minimum }: Schema, path: readonly string[]): void {
  if (minimum !== undefined && Number(printValue(value)) < minimum) {
    result.add(path, 'other', `Must be greater than or equal to ${minimum}`)
  }
  result.score++
}

function validateCommon(result: Result, value: YamlValue, schema: Schema, path: readonly string[]): void {
  if (schema.enum && !(typeof value === 'string' && schema.enum.includes(value))) {
    const allowed = schema.enum.map((text) => JSON.stringify(text)).join(', ')
    result.add(path, 'other', `${fieldName(path)} must be one of the following: ${allowed}`)
  }
  if (schema.format && !hasFormat(value, schema.format)) {
    result.add(path, 'other', `Does not match format '${schema.format}'`)
  }
  result.score++
}

/** docker checks the format of ports only; that of exposed ports is not checked. */
function hasFormat(value: YamlValue, format: NonNullable<Schema['format']>): boolean {
  if (format === 'duration') return typeof value === 'string' && isValid(() => parseDuration(value))
  if (format === 'expose' || (value instanceof YamlFloat && !Number.isInteger(value.value))) return true
  return isValid(() => parseShortPublished([printValue(value)]))
}

function isValid(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch {
    return false
  }
}

function isNumber(value: YamlValue): boolean {
  return isInteger(value) || value instanceof YamlFloat
}

function isText(value: YamlValue): boolean {
  return typeof value === 'string' || value instanceof YamlTime
}

/** Returns the types of JSON schema that a value has. A float without a fraction is an integer too. */
function typesOf(value: YamlValue): readonly SchemaType[] {
  if (value === null) return ['null']
  if (typeof value === 'boolean') return ['boolean']
  if (isText(value)) return ['string']
  if (isInteger(value)) return ['number', 'integer']
  if (value instanceof YamlFloat) return Number.isInteger(value.value) ? ['number', 'integer'] : ['number']
  return isSequence(value) ? ['array'] : ['object']
}

/** Returns a text that equal values share. */
function jsonOf(value: YamlValue): string {
  if (isSequence(value)) return `[${value.map(jsonOf).join(',')}]`
  if (value instanceof Map) {
    const entries = [...value].map(([key, member]) => `${JSON.stringify(key)}:${jsonOf(member)}`)
    return `{${entries.sort().join(',')}}`
  }
  if (value instanceof YamlTime) return JSON.stringify(printValue(value))
  return typeof value === 'string' ? JSON.stringify(value) : printValue(value)
}

function describeTypes(types: readonly SchemaType[]): string {
  const names = types.map((type) => (type === 'object' ? 'mapping' : type === 'array' ? 'list' : type))
  if (names.length === 1) return names[0] ?? ''
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** Returns the error with the longest path. In a tie, a wrong type comes first, and then the first error. */
function describeMostSpecific(errors: readonly SchemaError[]): string {
  let chosen = 0
  for (const [index, error] of errors.entries()) {
    const best = errors[chosen]
    if (!best) break
    const difference = depthOf(error) - depthOf(best)
    if (difference > 0 || (difference === 0 && error.kind === 'type' && best.kind !== 'type')) chosen = index
  }
  const error = errors[chosen]
  if (!error) return ''
  // The error after that of oneOf says why the alternative that was probably meant does not match.
  const cause = error.kind === 'oneOf' ? errors[chosen + 1] : undefined
  return `${fieldName(error.path)} ${(cause ?? error).message}`
}

/** Names of properties may contain dots, which docker counts. */
function depthOf({ path }: SchemaError): number {
  return fieldName(path).split('.').length
}

function fieldName(path: readonly string[]): string {
  return path.length === 0 ? '(root)' : path.join('.')
}
