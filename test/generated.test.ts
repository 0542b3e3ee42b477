import { expect, test } from 'vitest'
import { committed, generatedFiles, obsoletePages } from '../scripts/generate.ts'

const files = await generatedFiles()

test.each(Object.entries(files))('%s is up to date', (file, text) => {
  const isCurrent = committed(file) === text
  expect(isCurrent, `${file} is not what its sources make of it: run npm run generate`).toBe(true)
})

test('every page of the reference is of a command that exists', () => {
  expect(obsoletePages(files)).toEqual([])
})
