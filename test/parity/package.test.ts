import { execFile } from 'node:child_process'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executableFor } from '../../scripts/package/executables.ts'
import { PLATFORMS, platformPackageName } from '../../scripts/package/platforms.ts'
import { findArmEmulator } from '../support/arm-emulator.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { NpmRegistry } from '../support/npm-registry.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const run = promisify(execFile)
const manifestBefore = readFileSync(join(ROOT, 'package.json'), 'utf8')
const facts: { version: string } = JSON.parse(manifestBefore)
const { version } = facts
const own = PLATFORMS.find(({ os, cpu }) => os === process.platform && cpu === process.arch)

/** The packages of this platform, a registry that has them, and a daemon. */
let dir: string
let packages: string
let env: NodeJS.ProcessEnv
const registry = new NpmRegistry()
const daemon = new FakeDaemon({ replies: { 'GET /containers/json': { json: [] }, 'GET /version': { json: {} } } })
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'tug-package-'))
  packages = join(dir, 'packages')
  await packageFor(packages, own?.name ?? '')
  await registry.listen()
  const host = await daemon.listen(join(dir, 'docker.sock'))
  writeFileSync(
    join(dir, 'npmrc'),
    `registry=${registry.url}\n${registry.url.replace('http:', '')}:_authToken=secret\n`,
  )
  env = {
    ...{ PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: dir, DOCKER_HOST: host },
    ...{ npm_config_cache: join(dir, 'cache'), npm_config_userconfig: join(dir, 'npmrc') },
    npm_config_update_notifier: 'false',
  }
  for (const name of readdirSync(packages)) if (name.endsWith('.tgz')) await npm('publish', join(packages, name))
  for (const platform of PLATFORMS.filter((each) => each !== own)) await publishExecutable(platform, version, 'exit 1')
}, 600_000)
afterAll(async () => {
  await registry.close()
  await daemon.close()
  rmSync(dir, { recursive: true })
})

const packageFor = (output: string, platform: string) =>
  run('node', ['scripts/package.ts', '--output', output, '--platform', platform], { cwd: ROOT })
const npm = (...args: string[]) => run('npm', args, { cwd: dir, env })
/** Runs npm with an empty cache, because that of `npm publish` has every tarball already. */
const npmOf = (prefix: string, ...args: string[]) =>
  run('npm', [...args, '--global', '--prefix', prefix], {
    cwd: dir,
    env: { ...env, npm_config_cache: `${prefix}-cache` },
  })

/** Whether npm can install for another C library, as later versions of npm 10 can. Others print `undefined`. */
const npmKnowsLibc = async () => (await npm('config', 'get', 'libc')).stdout !== 'undefined\n'

/** Publishes a package for a platform whose executable is a shell script. */
async function publishExecutable(platform: (typeof PLATFORMS)[number], released: string, script: string) {
  const name = platformPackageName(platform)
  const directory = join(dir, 'stubs', `${name}-${released}`)
  mkdirSync(join(directory, 'bin'), { recursive: true })
  writeFileSync(join(directory, 'bin/tug'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const contents = { name, version: released, os: [platform.os], cpu: [platform.cpu], files: ['bin'] }
  writeFileSync(join(directory, 'package.json'), JSON.stringify(contents))
  await npm('publish', directory)
}

/** Publishes a later version of the main package, with a shell script as the executable of this platform. */
async function publishNext(released: string, script: string) {
  const directory = join(dir, 'stubs', `tug-${released}`)
  mkdirSync(directory, { recursive: true })
  await run('tar', ['-xzf', join(packages, `tug-${version}.tgz`), '-C', directory])
  const file = join(directory, 'package/package.json')
  const text = readFileSync(file, 'utf8').replaceAll(`"${version}"`, `"${released}"`)
  writeFileSync(file, text)
  await npm('publish', join(directory, 'package'))
  for (const platform of PLATFORMS) await publishExecutable(platform, released, script)
}

/** Installs tug into an empty prefix. */
async function install(name: string, ...args: string[]) {
  const prefix = mkdtempSync(join(dir, `${name}-`))
  const { stdout } = await npmOf(prefix, 'install', ...args)
  const command = join(prefix, 'bin/tug')
  return { prefix, command, stdout, tug: (...words: string[]) => run(command, words, { cwd: dir, env }) }
}

/** Whether the command is a native executable; otherwise it is a script. */
function isNative(command: string): boolean {
  return readFileSync(realpathSync(command)).subarray(0, 2).toString() !== '#!'
}

/** Returns the modules that a bundle imports by name, in every form of import. */
function importedModules(source: string): string[] {
  const forms = /(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)["']([@\w][\w@./:-]*)["']/g
  return [...source.matchAll(forms)].map(([, name = '']) => name)
}

describe('the npm package', () => {
  test('imports only modules of Node', () => {
    const files = globSync('dist/{*.js,chunks/*.js,commands/**/*.js}', { cwd: ROOT })
    expect(files.length).toBeGreaterThan(100)
    const names = new Set(files.flatMap((file) => importedModules(readFileSync(join(ROOT, file), 'utf8'))))
    expect(names.size).toBeGreaterThan(5)
    expect([...names].filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))).toEqual([])
  })

  test('the check recognizes imports of packages', () => {
    const forms = ['import a from "x"', "import'x'", 'import("x")', 'var a=require("x")', 'export*from"x"']
    expect(forms.flatMap(importedModules)).toEqual(['x', 'x', 'x', 'x', 'x'])
  })

  test('depends on nothing but its executables, in exactly its own version, and has one install script', async () => {
    const { stdout } = await run('tar', ['-xOf', join(packages, `tug-${version}.tgz`), 'package/package.json'])
    const manifest = JSON.parse(stdout)
    expect(manifest).toMatchObject({ name: 'tug', version, bin: { tug: 'bin/tug.js' } })
    expect(manifest.scripts).toEqual({ postinstall: 'node install.js' })
    expect(manifest.optionalDependencies).toEqual({
      ...{ 'tug-linux-x64': version, 'tug-linux-arm64': version },
      ...{ 'tug-darwin-x64': version, 'tug-darwin-arm64': version },
    })
    expect(Object.keys(manifest).filter((name) => /ependencies$/.test(name))).toEqual(['optionalDependencies'])
    const { stdout: list } = await run('tar', ['-tf', join(packages, `tug-${version}.tgz`)])
    expect(list).not.toMatch(/node_modules|binding\.gyp|dist\/tug$|\.ts$/m)
  })

  test('is packed without changing the repository, with one version everywhere and SHA-256 sums', async () => {
    const read = (name: string) => readFileSync(join(ROOT, name), 'utf8')
    expect(read('package.json')).toBe(manifestBefore)
    expect(JSON.parse(read('oclif.manifest.json')).version).toBe(version)
    expect(JSON.parse(read('package-lock.json')).version).toBe(version)
    expect(read('CHANGELOG.md')).toContain(`\n## ${version} (`)
    const sums = await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: packages })
    const names = readdirSync(packages).filter((name) => name !== 'SHA256SUMS')
    expect(sums.stdout).toBe(names.map((name) => `${name}: OK\n`).join(''))
  })

  test('puts the native executable on PATH, and fetches only that of this platform', async () => {
    registry.downloads.length = 0
    const { command, tug } = await install('native', 'tug')
    expect(registry.downloads.toSorted()).toEqual([`tug-${version}.tgz`, `tug-${own?.name}-${version}.tgz`].toSorted())
    expect(isNative(command)).toBe(true)
    expect((await tug('version', '--format', '{{.Client.Version}} {{.Client.GoVersion}}')).stdout).toMatch(
      RegExp(`^28\\.\\d+\\.\\d+\\+tug\\.${version} bun[\\d.]+\n$`),
    )
    expect((await tug('ps')).stdout).toMatch(/^CONTAINER ID +IMAGE /)
    // The executable has two names and is on the disk once, because it has over 100 MB.
    expect(statSync(realpathSync(command)).nlink).toBe(2)
  })

  test.for<[reason: string, args: string[]]>([
    ['install scripts are off', ['--ignore-scripts', 'tug']],
    ['the C library is musl', ['--libc=musl', 'tug']],
    ['there is no registry', ['--offline', `./packages/tug-${version}.tgz`]],
  ])('runs with Node where %s', async ([, args], { skip }) => {
    skip(args.includes('--libc=musl') && !(await npmKnowsLibc()), 'this npm has no --libc')
    const { command, tug } = await install('node', ...args)
    expect(isNative(command)).toBe(false)
    expect((await tug('version', '--format', '{{.Client.GoVersion}}')).stdout).toMatch(/^node[\d.]+\n$/)
    expect((await tug('ps')).stdout).toMatch(/^CONTAINER ID +IMAGE /)
  })

  // npm starts a dozen times, and a registry takes a version once, so a repeated test needs later versions.
  const title = 'is upgraded and removed, and stays with Node where the executable does not start'
  test(title, { timeout: 180_000 }, async ({ task }) => {
    const major = 9 + (task.result?.retryCount ?? 0)
    const { prefix, command, tug } = await install('upgraded', `tug@${version}`)
    expect(isNative(command)).toBe(true)
    await publishNext(`${major}.0.0`, 'echo next')
    await npmOf(prefix, 'install', `tug@${major}.0.0`)
    expect((await tug('ps')).stdout).toBe('next\n')
    await publishNext(`${major}.0.1`, 'exit 1')
    await npmOf(prefix, 'install', `tug@${major}.0.1`)
    expect((await tug('version', '--format', '{{.Client.GoVersion}}')).stdout).toMatch(/^node/)
    await npmOf(prefix, 'uninstall', 'tug')
    expect(globSync('**/*tug*', { cwd: prefix })).toEqual([])
  })
})

describe('the Debian package', () => {
  const isRoot = process.getuid?.() === 0
  const hasDpkg = existsSync('/usr/bin/dpkg')
  test.skipIf(!isRoot || !hasDpkg || own?.debian === undefined)(
    'is installed, used and purged (needs root and dpkg)',
    async () => {
      const root = join(dir, 'debian')
      mkdirSync(join(root, 'var/lib/dpkg/info'), { recursive: true })
      mkdirSync(join(root, 'var/lib/dpkg/updates'))
      for (const name of ['status', 'available']) writeFileSync(join(root, 'var/lib/dpkg', name), '')
      const dpkg = (...args: string[]) =>
        run('dpkg', [`--root=${root}`, '--force-depends', '--log=/dev/null', ...args], {
          env: { ...env, PATH: `${env.PATH}:/usr/sbin:/sbin` },
        })
      await dpkg('--install', join(packages, `tug_${version}_${own?.debian}.deb`))
      expect((await dpkg('--verify', 'tug')).stdout).toBe('')
      const { stdout: status } = await run('dpkg-query', [`--admindir=${root}/var/lib/dpkg`, '-W', 'tug'])
      expect(status).toBe(`tug\t${version}\n`)
      expect((await run(join(root, 'usr/bin/tug'), ['ps'], { env })).stdout).toMatch(/^CONTAINER ID +IMAGE /)
      const bash = `. ${root}/usr/share/bash-completion/completions/tug && complete -p tug`
      expect((await run('bash', ['-c', bash])).stdout).toMatch(/ tug\n$/)
      const share = join(root, 'usr/share')
      expect(readFileSync(join(share, 'zsh/vendor-completions/_tug'), 'utf8')).toMatch(/^#compdef .*tug/)
      expect(readFileSync(join(share, 'fish/vendor_completions.d/tug.fish'), 'utf8')).toContain('complete -c tug')
      await dpkg('--purge', 'tug')
      expect(globSync('usr/**', { cwd: root })).toEqual([])
    },
    60_000,
  )
})

const emulator = await findArmEmulator()

describe('the executable for arm64', () => {
  const note = 'reason' in emulator ? ` (not run: ${emulator.reason})` : ''
  test.skipIf('reason' in emulator)(`runs under qemu-user${note}`, { timeout: 180_000 }, async () => {
    if ('reason' in emulator) return
    const platform = PLATFORMS.find(({ name }) => name === 'linux-arm64')
    if (platform === undefined) throw new Error('there is no platform linux-arm64')
    const [qemu, ...words] = [...emulator.command, executableFor(platform, dir)]
    const { stdout } = await run(qemu ?? '', [...words, 'version', '--format', '{{.Client.Arch}}'], { env })
    expect(stdout).toBe('arm64\n')
    expect((await run(qemu ?? '', [...words, 'ps'], { env })).stdout).toMatch(/^CONTAINER ID +IMAGE /)
  })
})
