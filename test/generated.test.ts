import { expect, test } from 'vitest'
import { committed, generatedFiles } from '../scripts/generate.ts'

const files = Object.entries(await generatedFiles())

test.each(files)('%s is up to date', (file, text) => {
  const isCurrent = committed(file) === text
  expect(isCurrent, `${file} is not what its sources make of it: run npm run generate`).toBe(true)
})
