import { expect, test } from 'vitest'
import { changeNodeSpec } from '../../../src/flags/swarm/node-update.ts'

const flags = { availability: '', 'label-add': [], 'label-rm': [], role: '' }
const spec = { Name: 'boss', Labels: { zone: 'a' }, Role: 'manager', Availability: 'active' }

test('keeps settings that were not typed, and unknown fields', () => {
  const newer = { ...spec, Newer: 1 }
  expect(changeNodeSpec(newer, flags, new Set())).toEqual(newer)
})

test('removes a setting for an empty value', () => {
  const { Availability: _, ...rest } = spec
  expect(changeNodeSpec(spec, flags, new Set(['availability']))).toEqual(rest)
})

test('adds labels before it removes others', () => {
  const typed = { ...flags, 'label-add': ['x=1', 'bare', 'zone=b'], 'label-rm': ['x'] }
  const changed = changeNodeSpec(spec, typed, new Set(['label-add', 'label-rm']))
  expect(changed.Labels).toEqual({ zone: 'b', bare: '' })
})

test.each(['nope', 'toString'])('refuses to remove a label that does not exist: %s', (key) => {
  expect(() => changeNodeSpec(spec, { ...flags, 'label-rm': [key] }, new Set(['label-rm']))).toThrow(
    `key ${key} doesn't exist in node's labels`,
  )
})
