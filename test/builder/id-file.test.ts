import { execFileSync } from 'node:child_process'
import { lstatSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeMetadataFile } from '../../src/builder/buildkit/results.ts'
import { removeStaleIdFile, saveImageId } from '../../src/builder/id-file.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-id-file-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

// A device of the test's own, because a fault would replace it.
test.runIf(process.getuid?.() === 0)('the files of BuildKit builds can be devices, which stay', async () => {
  const device = join(directory, 'device')
  execFileSync('mknod', [device, 'c', '1', '3'])
  removeStaleIdFile(device)
  saveImageId(device, 'sha256:1')
  await writeMetadataFile(device, {}, {})
  expect(lstatSync(device).isCharacterDevice()).toBe(true)
})
