import { isObject, type JsonObject } from '../../domain/go/fields.ts'
import { jsonString } from '../../domain/go/json-text.ts'

const MEMBERS = ['status', 'id', 'from', 'Type', 'Action', 'Actor', 'scope', 'time', 'timeNano']
const ACTOR_MEMBERS = ['ID', 'Attributes']

/** The number of digits of today's nanoseconds, and of the largest 64-bit integer. */
const MAX_DIGITS = 19

/**
 * Encodes an event as `{{json .}}` does, which takes six times as long, because it decodes every field into a value of Go.
 * @returns undefined for an event with anything that daemons do not send; the template has to format it
 */
export function eventJson(text: string): string | undefined {
  const event: unknown = JSON.parse(text)
  if (!isObject(event) || !hasOnly(event, MEMBERS)) return undefined
  const { status, id, from, Type, Action, Actor, scope } = event
  const texts = [status, id, from, Type, Action, scope]
  if (!texts.every((value) => value === undefined || typeof value === 'string')) return undefined
  const actor = actorJson(Actor)
  const time = 'time' in event ? digitsOf(/"time"\s*:\s*(\d+)\s*[,}]/, text) : '0'
  const nanoseconds = 'timeNano' in event ? digitsOf(/"timeNano"\s*:\s*(\d+)\s*[,}]/, text) : '0'
  if (actor === undefined || time === undefined || nanoseconds === undefined) return undefined
  const members = [
    ...present('status', status),
    ...present('id', id),
    ...present('from', from),
    `"Type":${encode(Type)}`,
    `"Action":${encode(Action)}`,
    `"Actor":${actor}`,
    ...present('scope', scope),
    ...(time === '0' ? [] : [`"time":${time}`]),
    ...(nanoseconds === '0' ? [] : [`"timeNano":${nanoseconds}`]),
  ]
  return `{${members.join(',')}}`
}

function actorJson(actor: unknown): string | undefined {
  if (!isObject(actor) || !hasOnly(actor, ACTOR_MEMBERS)) return undefined
  const { ID, Attributes } = actor
  if (typeof ID !== 'string' || !isObject(Attributes)) return undefined
  const names = Object.keys(Attributes)
  // Other names would be sorted by their bytes.
  if (!/^[\0-\x7f]*$/.test(names.join(''))) return undefined
  let members = ''
  for (const name of names.sort()) {
    const value = Attributes[name]
    if (typeof value !== 'string') return undefined
    members += `${members === '' ? '' : ','}${jsonString(name, false)}:${jsonString(value, false)}`
  }
  return `{"ID":${jsonString(ID, false)},"Attributes":{${members}}}`
}

function hasOnly(object: JsonObject, names: readonly string[]): boolean {
  for (const name in object) if (!names.includes(name)) return false
  return true
}

function encode(value: unknown): string {
  return typeof value === 'string' ? jsonString(value, false) : '""'
}

/** Returns a member that Go omits when it is empty. */
function present(name: string, value: unknown): readonly string[] {
  return value === undefined || value === '' ? [] : [`"${name}":${encode(value)}`]
}

/**
 * Returns the digits of a number as they stand in the text, because a JavaScript number cannot represent nanoseconds. The
 * pattern cannot match inside a string, where the quotes would be escaped.
 */
function digitsOf(pattern: RegExp, text: string): string | undefined {
  const [, digits = ''] = pattern.exec(text) ?? []
  return digits === '' || digits.length > MAX_DIGITS ? undefined : digits
}
