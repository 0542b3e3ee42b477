import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/files/sha256.ts'

const ROOT = join(import.meta.dirname, '../..')
const BUN = join(ROOT, 'node_modules/.bin/bun')

test.each(['', 'é', 'default'])('the digest of %j is the same in Node and in Bun', (text) => {
  const expected = createHash('sha256').update(text).digest('hex')
  const body = `import { sha256 } from '${join(ROOT, 'src/files/sha256.ts')}'
    const text = ${JSON.stringify(text)}
    console.log(sha256(text), sha256(new TextEncoder().encode(text)))`
  expect(sha256(text)).toBe(expected)
  expect(sha256(Buffer.from(text))).toBe(expected)
  expect(execFileSync(BUN, ['-e', body], { encoding: 'utf8', timeout: 20_000 })).toBe(`${expected} ${expected}\n`)
})
