import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readZip } from '../../src/archive/zip-reader.ts'
import { loadConfigFile } from '../../src/config/config-file.ts'
import { resolveEndpoint } from '../../src/config/endpoint.ts'
import { exponential, fixed } from '../../src/domain/go/decimal.ts'
import { sprintf } from '../../src/gotemplate/fmt/printf.ts'
import { goInt } from '../../src/gotemplate/values/value.ts'

test('a config.json that has no end is reported', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tug-bounds-'))
  try {
    symlinkSync('/dev/zero', join(directory, 'config.json'))
    expect(loadConfigFile(directory).warning).toContain('the file is larger than 33554432 bytes')
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test('a certificate file that has no end is reported', () => {
  const flags = { host: ['tcp://127.0.0.1:1'], context: '', tls: true, tlscacert: '/dev/zero' }
  const config = loadConfigFile('/nonexistent')
  expect(() => resolveEndpoint(flags, {}, config)).toThrow('the file is larger than 33554432 bytes')
})

// Go reads further digits only up to a number of 1,000,000.
test.each([
  ['%2000000000d', '%!(NOVERB)%!(EXTRA int=1)'],
  ['%.2000000000d|', '%!(NOVERB)%!(EXTRA int=1)'],
  ['%20d', `${' '.repeat(19)}1`],
])('printf %s', (format, expected) => expect(sprintf(format, [goInt(1n)])).toBe(expected))

test('formats floats with more digits than JavaScript has', () => {
  expect(fixed(1.5, 200)).toBe(`1.5${'0'.repeat(199)}`)
  expect(exponential(1.5, 200)).toBe(`1.5${'0'.repeat(199)}e+0`)
})

test('the contents of a zip count together, although entries may share them', () => {
  const content = deflateRawSync(Buffer.alloc(1000))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  const entry = Buffer.alloc(47)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(content.length, 20)
  entry.writeUInt16LE(1, 28)
  entry.write('a', 46)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(3, 10)
  end.writeUInt32LE(local.length + content.length, 16)
  const bytes = Buffer.concat([local, content, entry, entry, entry, end])
  expect(readZip(bytes, 3000)).toHaveLength(3)
  expect(() => readZip(bytes, 2500)).toThrow()
})
