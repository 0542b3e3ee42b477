import { expect, test } from 'vitest'
import { changeNodeSpec } from '../../../src/flags/swarm/node-update.ts'

const flags = { availability: '', 'label-add': [], 'label-rm': [], role: '' }
const spec = { Name: 'boss', Labels: { zone: 'a' }, Role: 'manager', Availability: 'active' }

test('what is not typed stays, and what daemons send beside it', () => {
  const newer = { ...spec, Newer: 1 }
  expect(changeNodeSpec(newer, flags, new Set())).toEqual(newer)
})

test('an empty value that was typed leaves it to the daemon', () => {
  const { Availability: _, ...rest } = spec
  expect(changeNodeSpec(spec, flags, new Set(['availability']))).toEqual(rest)
})

test('labels are added before others are taken off', () => {
  const typed = { ...flags, 'label-add': ['x=1', 'bare', 'zone=b'], 'label-rm': ['x'] }
  const changed = changeNodeSpec(spec, typed, new Set(['label-add', 'label-rm']))
  expect(changed.Labels).toEqual({ zone: 'b', bare: '' })
})

test.each(['nope', 'toString'])('a label that is not there cannot be taken off: %s', (key) => {
  expect(() => changeNodeSpec(spec, { ...flags, 'label-rm': [key] }, new Set(['label-rm']))).toThrow(
    `key ${key} doesn't exist in node's labels`,
  )
})
