import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventTemplate } from '../../../src/format/templates/event.ts'
import { eventJson } from '../../../src/format/templates/event-json.ts'

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '<&>', '"time":5,', '\u2028', 'é'),
)
const attributes = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('image', 'name', 'é', '10', '9')), text)
const texts = { status: text, id: text, from: text, Type: text, Action: text, scope: text }
const actor = fc.record({ ID: text, Attributes: attributes })
const usual = fc.record(
  { ...texts, Actor: actor, time: fc.nat(), timeNano: fc.maxSafeNat() },
  { requiredKeys: ['Actor'] },
)
const odd = fc.record(
  {
    ...texts,
    Actor: fc.oneof(actor, fc.record({}), fc.constant(null)),
    time: fc.oneof(fc.nat(), fc.integer(), fc.double(), fc.constant(null)),
    timeNano: fc.oneof(fc.integer(), text),
    other: text,
    TYPE: text,
  },
  { requiredKeys: [] },
)

test('an event is encoded as the template encodes it', () => {
  const slow = eventTemplate('{{ json . }}')
  let encoded = 0
  fc.assert(
    fc.property(fc.oneof(usual, odd), fc.constantFrom(undefined, 1), (value, indent) => {
      const json = JSON.stringify(value, null, indent)
      const fast = eventJson(json)
      if (fast === undefined) return
      encoded++
      expect(`${fast}\n`).toBe(slow(json).output)
    }),
    { numRuns: 2000 },
  )
  expect(encoded).toBeGreaterThan(500)
})

test('an event as daemons send it does not need the template, with its nanoseconds', () => {
  const sent =
    '{"status":"start","id":"1f","from":"busybox","Type":"container","Action":"start","Actor":{"ID":"1f","Attributes":{"name":"web","image":"busybox"}},"scope":"local","time":1796045489,"timeNano":1796045489149209499}'
  const printed = sent.replace('{"name":"web","image":"busybox"}', '{"image":"busybox","name":"web"}')
  expect(eventJson(sent)).toBe(printed)
  for (const format of ['json', '{{json .}}', '{{ json . }}']) {
    expect(eventTemplate(format)(sent)).toEqual({ output: `${printed}\n` })
  }
})
