import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FakeDaemon } from '../support/fake-daemon.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)

/** A copy of the files that are packed, without a new build, and an installation of the package. */
let dir: string
let copy: string
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tug-package-'))
  copy = join(dir, 'repository')
  const files = ['package.json', 'README.md', 'LICENSE', 'oclif.manifest.json', 'bin', 'scripts/package.ts', 'dist']
  for (const file of files) {
    const filter = (source: string) => !source.endsWith('/dist/tug')
    cpSync(join(ROOT, file), join(copy, file), { recursive: true, filter })
  }
  // A new build would remove the files that other tests run.
  mkdirSync(join(dir, 'bin'))
  writeFileSync(join(dir, 'bin/bun'), '#!/bin/sh\nexit 0\n')
  chmodSync(join(dir, 'bin/bun'), 0o755)
  env = {
    PATH: `${dir}/bin:${dirname(process.execPath)}:${process.env.PATH}`,
    HOME: dir,
    npm_config_cache: join(dir, 'cache'),
    npm_config_update_notifier: 'false',
  }
})
afterAll(() => rmSync(dir, { recursive: true }))

const npm = (...args: string[]) => run('npm', args, { cwd: copy, env })

/** Returns the modules that a bundle imports by name, in every form of import. */
function importedModules(source: string): string[] {
  const forms = /(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)["']([@\w][\w@./:-]*)["']/g
  return [...source.matchAll(forms)].map(([, name = '']) => name)
}

describe('the npm package', () => {
  test('imports only modules of Node', () => {
    const files = globSync('dist/**/*.js', { cwd: ROOT })
    expect(files.length).toBeGreaterThan(100)
    const names = new Set(files.flatMap((file) => importedModules(readFileSync(join(ROOT, file), 'utf8'))))
    expect(names.size).toBeGreaterThan(5)
    expect([...names].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))).toEqual([])
  })

  test('the check recognizes imports of packages', () => {
    const forms = ['import a from "x"', "import'x'", 'import("x")', 'var a=require("x")', 'export*from"x"']
    expect(forms.flatMap(importedModules)).toEqual(['x', 'x', 'x', 'x', 'x'])
  })

  test('declares no dependencies and no scripts, while the package.json of the repository is unchanged', async () => {
    const before = readFileSync(join(copy, 'package.json'), 'utf8')
    await npm('pack')
    const { stdout } = await run('tar', ['-xOf', 'tug-0.1.0.tgz', 'package/package.json'], { cwd: copy })
    const { name, version, description, license, type, bin, files, engines, oclif } = JSON.parse(before)
    expect(JSON.parse(stdout)).toEqual({ name, version, description, license, type, bin, files, engines, oclif })
    expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(before)
    expect(Object.keys(JSON.parse(before).dependencies)).toContain('dockerode')
    const { stdout: list } = await run('tar', ['-tf', 'tug-0.1.0.tgz'], { cwd: copy })
    expect(list).not.toMatch(/node_modules|binding\.gyp|\.kept|dist\/tug$/m)
  })

  test('package.json can be restored after an interrupted pack', async () => {
    const before = readFileSync(join(copy, 'package.json'), 'utf8')
    await run('node', ['scripts/package.ts', 'strip'], { cwd: copy, env })
    expect(JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
    for (const mode of ['strip', 'restore', 'restore'])
      await run('node', ['scripts/package.ts', mode], { cwd: copy, env })
    expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(before)
    expect(existsSync(join(copy, '.package.json.kept'))).toBe(false)
  })

  test('cannot be published from the directory, whose dependencies the registry would list', async () => {
    await expect(npm('publish', '--dry-run', '--offline')).rejects.toThrow('Publish the tarball')
  })

  test('installs without a network and runs without node_modules', async () => {
    await npm('pack')
    const prefix = join(dir, 'prefix')
    const { stdout } = await npm('install', '--global', '--prefix', prefix, '--offline', './tug-0.1.0.tgz')
    expect(stdout).toContain('added 1 package')
    const daemon = new FakeDaemon({ replies: { 'GET /containers/json': { json: [] }, 'GET /version': { json: {} } } })
    const host = await daemon.listen(join(dir, 'docker.sock'))
    try {
      const tug = (...args: string[]) =>
        run(join(prefix, 'bin/tug'), args, {
          cwd: dir,
          env: { ...env, DOCKER_HOST: host, DOCKER_CONFIG: join(dir, 'config') },
        })
      expect((await tug('version', '--format', '{{.Client.Version}}')).stdout).toMatch(/^28\.\d+\.\d+\+tug\.0\.1\.0\n$/)
      expect((await tug('--help')).stdout).toContain('Usage:  tug')
      expect((await tug('ps')).stdout).toMatch(/^CONTAINER ID +IMAGE /)
    } finally {
      await daemon.close()
    }
  })
})
