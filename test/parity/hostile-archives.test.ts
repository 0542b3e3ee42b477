import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tarHeader } from '../../src/archive/tar-header.ts'
import { programs, Shell } from '../support/run.ts'

const META = '{"Name":"one","Metadata":{},"Endpoints":{"docker":{"Host":"unix:///a"}}}'

/** The largest resident memory that a program may need, in KiB. The programs need up to 80 MiB without any archive. */
const MAX_MEMORY = 300_000

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-archives-'))
  const files = {
    'large.tar': tar([['tls/docker/ca.pem', ' '.repeat(11_000_000)]]),
    'many.tar': tar(Array.from({ length: 9000 }, (_, i) => [`tls/docker/f${i}`, ''])),
    'endpoints.tar': tar(Array.from({ length: 9000 }, (_, i) => [`tls/e${i}/f`, ''])),
    'repeated.tar': tar(Array.from({ length: 5000 }, () => ['meta.json', META])),
    'claim.tar': tarHeader({ name: 'tls/docker/ca.pem', type: 'file', mode: 0o600, size: 8e9, mtime: 0 }),
    'zeros.tar.gz': gzipSync(Buffer.alloc(100_000_000)),
    'bomb.zip': zipBomb(100_000_000),
  }
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), bytes)
})
afterAll(() => rmSync(directory, { recursive: true }))

/** Writes a tar archive with meta.json and other files. */
function tar(files: readonly (readonly [name: string, text: string])[]): Buffer {
  const all = [['meta.json', META], ...files] as const
  return Buffer.concat([
    ...all.flatMap(([name = '', text = '']) => [
      tarHeader({ name, type: 'file', mode: 0o600, size: text.length, mtime: 0 }),
      Buffer.from(text.padEnd(Math.ceil(text.length / 512) * 512, '\0')),
    ]),
    Buffer.alloc(1024),
  ])
}

/** Writes a zip archive whose meta.json is a compressed series of spaces. */
function zipBomb(size: number): Buffer {
  const spaces = Buffer.alloc(size, ' ')
  const content = deflateRawSync(spaces)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(crc32(spaces), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(9, 22)
  const file = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from('meta.json'), content])
  const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), fields, Buffer.alloc(14), Buffer.from('meta.json')])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(entry.length, 8)
  end.writeUInt32LE(file.length, 12)
  return Buffer.concat([file, entry, Buffer.from('PK\x05\x06'), end])
}

describe.each(programs)('$name', (program) => {
  test.each([
    ['large.tar', 'read exceeds the defined limit'],
    ['many.tar', 'read exceeds the defined limit'],
    ['endpoints.tar', 'read exceeds the defined limit'],
    ['repeated.tar', 'read exceeds the defined limit'],
    ['claim.tar', 'unexpected EOF'],
    ['zeros.tar.gz', 'archive/tar: invalid tar header'],
    ['bomb.zip', 'read exceeds the defined limit'],
    ['/dev/zero', 'read exceeds the defined limit'],
  ])('context import of %s fails with little memory and leaves nothing behind', async (name, message) => {
    const shell = await Shell.open(program, {})
    try {
      const path = name.startsWith('/') ? name : join(directory, name)
      for (const operands of [path, `- < ${path}`]) {
        const line = `/usr/bin/time -q -o ${directory}/memory -f %M tug context import bomb ${operands}`
        const hasTime = existsSync('/usr/bin/time')
        const outcome = await shell.run(hasTime ? line : `tug context import bomb ${operands}`, { timeout: 30_000 })
        expect(outcome).toMatchObject({ stdout: '', stderr: `${message}\n`, exitCode: 1 })
        if (hasTime) {
          const { stdout } = await shell.run(`cat ${directory}/memory`)
          expect(Number(stdout)).toBeGreaterThan(0)
          expect(Number(stdout)).toBeLessThan(MAX_MEMORY)
        }
        const contexts = join(shell.configDirectory, 'contexts')
        expect(existsSync(contexts) ? readdirSync(contexts, { recursive: true }) : []).toEqual([])
      }
    } finally {
      await shell.close()
    }
  })
})
