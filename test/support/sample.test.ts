import { expect, test } from 'vitest'
import { sampleOf } from './sample.ts'

const VARIANTS = { programs: ['dist/tug', 'node bin/tug.js'], engines: ['engine 26.1.5', 'engine 20.10.24'] }
const NAMES = Array.from({ length: 400 }, (_, index) => `prints ${index}`)
const onNewest = NAMES.map((name) => `dist/tug on engine 26.1.5 > ${name}`)
const onOldest = NAMES.map((name) => `node bin/tug.js on engine 20.10.24 > ${name}`)

test('every test with the first program and engine is run, and about an eighth of those that repeat it', () => {
  const sample = sampleOf([...onNewest, ...onOldest], VARIANTS)
  expect(onNewest.filter((title) => !sample.has(title))).toEqual([])
  const repeated = onOldest.filter((title) => sample.has(title))
  expect(repeated.length).toBeGreaterThan(30)
  expect(repeated.length).toBeLessThan(70)
})

test('a test that exists for another program or engine alone is run', () => {
  expect([...sampleOf(onOldest, VARIANTS)]).toEqual(onOldest)
})

test('the sample does not depend on the other tests of a file', () => {
  const some = [...onNewest.slice(100, 200), ...onOldest.slice(100, 200)]
  const sample = sampleOf([...onNewest, ...onOldest], VARIANTS)
  expect([...sampleOf(some, VARIANTS)]).toEqual(some.filter((title) => sample.has(title)))
})
