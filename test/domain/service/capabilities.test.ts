import { describe, expect, test } from 'vitest'
import { updateCapabilities } from '../../../src/domain/service/capabilities.ts'

/** The transitions that docker's documentation of `service update --cap-add` promises. */
describe('updateCapabilities', () => {
  const none = { add: [], drop: [] }

  test.each([
    ['adds', none, ['kill'], [], { add: ['CAP_KILL'], drop: [] }],
    ['takes back what was dropped, first', { add: [], drop: ['CAP_KILL'] }, ['KILL'], [], none],
    ['takes back what was added, first', { add: ['CAP_KILL'], drop: [] }, [], ['kill'], none],
    ['adds rather than drops', none, ['kill'], ['kill'], { add: ['CAP_KILL'], drop: [] }],
    ['forgets', { add: ['CAP_KILL'], drop: ['CAP_CHOWN'] }, ['reset'], ['RESET'], none],
    ['forgets, and adds', { add: ['CAP_KILL'], drop: [] }, ['reset', 'chown'], [], { add: ['CAP_CHOWN'], drop: [] }],
    ['knows all', { add: ['CAP_KILL'], drop: [] }, ['all'], [], { add: ['ALL'], drop: [] }],
  ])('%s', (_, current, add, drop, expected) => {
    expect(updateCapabilities(current, add, drop)).toEqual(expected)
  })
})
