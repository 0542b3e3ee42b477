import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programs, Shell } from '../support/run.ts'

const PLUGIN = `#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then echo '{"SchemaVersion":"0.1.0","Vendor":"me"}'; exit; fi
echo "plugin: $*"
exit 7
`

describe.each(programs)('$name without the plugin buildx', (program) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: '/nowhere/docker.sock' })
  })
  afterAll(() => shell.close())

  test('buildx version has the form that programs parse', async () => {
    const { stdout, exitCode } = await shell.run('tug buildx version')
    expect(exitCode).toBe(0)
    // docker/actions-toolkit, devcontainers and skaffold take the second word for a semantic version.
    expect(stdout).toMatch(/^github\.com\/docker\/buildx v0\.29\.1\+tug\.\d+\.\d+\.\d+ [0-9a-z]+\n$/)
    expect(/\sv?([0-9a-f]{7}|[0-9.]+)/.exec(stdout)?.[1]).toBe('0.29.1')
  })

  test.each([
    'bake',
    'create --name x',
    'imagetools inspect x',
    'history ls',
    'install',
    'dial-stdio',
  ])('refuses buildx %s by name', async (words) => {
    const [word] = words.split(' ')
    expect(await shell.run(`tug buildx ${words}`)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `ERROR: tug buildx ${word} needs docker's plugin buildx, which is not installed: tug only builds with the engine's own BuildKit\n`,
    })
  })

  test('reports a daemon that does not respond in the list and in the exit code of a build', async () => {
    const reason = 'Cannot connect to the Docker daemon at unix:///nowhere/docker.sock. Is the docker daemon running?'
    expect(await shell.run('tug buildx ls')).toEqual({
      exitCode: 0,
      stdout:
        'NAME/NODE   DRIVER/ENDPOINT   STATUS    BUILDKIT   PLATFORMS\ndefault*                      error                \n',
      stderr: `\nCannot load builder default: ${reason}\n`,
    })
    expect(await shell.run('tug buildx inspect')).toEqual({
      exitCode: 0,
      stdout: `Name:   default\nDriver: \nError:  ${reason}\n`,
      stderr: '',
    })
    for (const words of ['build .', 'du', 'prune -f']) {
      expect(await shell.run(`tug buildx ${words}`)).toEqual({ exitCode: 1, stdout: '', stderr: `ERROR: ${reason}\n` })
    }
  })

  test('leaves every command to the plugin where it is installed', async () => {
    const directory = join(shell.configDirectory, 'cli-plugins')
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'plugin'), PLUGIN, { mode: 0o755 })
    await symlink('plugin', join(directory, 'docker-buildx'))
    for (const words of ['buildx version', 'buildx ls', 'buildx bake', 'buildx --builder x ls', 'buildx']) {
      expect(await shell.run(`tug ${words}`)).toEqual({ exitCode: 7, stdout: `plugin: ${words}\n`, stderr: '' })
    }
    const { stdout } = await shell.run('tug --help')
    expect(stdout).toMatch(/^ {2}buildx\* /m)
    expect(stdout).not.toMatch(/^ {2}buildx /m)
  })
})
