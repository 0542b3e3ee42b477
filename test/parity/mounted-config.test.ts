import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { programs, Shell } from '../support/run.ts'

const CONTENTS = '{"auths":{"a.example":{"auth":"bWU6cHc="}}}'
const canMount = spawnSync('unshare', ['-m', 'true']).status === 0

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-mounted-'))
  mkdirSync(join(directory, 'config'))
  writeFileSync(join(directory, 'config/config.json'), '')
  writeFileSync(join(directory, 'real.json'), CONTENTS)
})
afterEach(() => rmSync(directory, { recursive: true }))

describe.skipIf(!canMount).each(programs)('$name', (program) => {
  // docker 28.2.2 prints the same with another name for the temporary file.
  test('a config.json that is a mount point is kept, and the error is the one of Go', async () => {
    const shell = await Shell.open(program, {})
    try {
      const config = join(directory, 'config')
      const run = (line: string) =>
        shell.run(
          `unshare -m sh -c 'mount --bind ${directory}/real.json ${config}/config.json && exec "$@"' sh env DOCKER_CONFIG=${config} ${line}`,
          { timeout: 30_000 },
        )
      await shell.succeed(`DOCKER_CONFIG=${config} tug context create one --docker host=tcp://x:1`)
      const { stdout, stderr, exitCode } = await run('tug context use one')
      expect(stderr).toMatch(
        new RegExp(`^rename ${config}/config\\.json\\S+ ${config}/config\\.json: device or resource busy\n$`),
      )
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 })
      // docker does not say that the credentials are still there.
      const logout = await run('tug logout a.example')
      expect(logout.stdout).toBe('Removing login credentials for a.example\n')
      expect(logout.stderr).toMatch(/^WARNING: could not erase credentials:\na\.example: rename .*resource busy\n$/)
      expect(readFileSync(join(directory, 'real.json'), 'utf8')).toBe(CONTENTS)
      expect(readdirSync(config).sort()).toEqual(['config.json', 'contexts'])
    } finally {
      await shell.close()
    }
  })
})
