import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

let dir: string
beforeAll(() => {
  // Hard links need the same file system.
  dir = mkdtempSync(join(ROOT, 'node_modules/.tug-names-'))
  for (const name of ['link', 'copy', 'node']) mkdirSync(join(dir, name))
  symlinkSync(join(ROOT, 'dist/tug'), join(dir, 'link/docker'))
  // A hard link is the same file under another name, as a copy is.
  linkSync(join(ROOT, 'dist/tug'), join(dir, 'copy/docker'))
  symlinkSync(join(ROOT, 'bin/tug.js'), join(dir, 'node/docker'))
})
afterAll(() => rmSync(dir, { recursive: true }))

/** Runs a line of bash in which `docker` is tug. */
const run = (prologue: string, line: string) =>
  execa('bash', ['-c', `${prologue}\n${line}`], {
    cwd: dir,
    env: { PATH: `${process.env.PATH}`, HOME: dir, DOCKER_HOST: 'unix:///nowhere/docker.sock' },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    stdin: 'ignore',
  })

describe.each([
  ['a link', 'PATH=$PWD/link:$PATH'],
  ['a copy', 'PATH=$PWD/copy:$PATH'],
  ['exec -a', `docker() (exec -a docker '${join(ROOT, 'dist/tug')}' "$@")`],
  ['a link to the Node form', 'PATH=$PWD/node:$PATH'],
])('called docker by %s', (_, prologue) => {
  // The expected texts are those of docker 28.2.2.
  test.each([
    [
      'docker ps x',
      1,
      "docker: 'docker ps' accepts no arguments\n\nUsage:  docker ps [OPTIONS]\n\nRun 'docker ps --help' for more information\n",
    ],
    ['docker nosuch', 1, "docker: unknown command: docker nosuch\n\nRun 'docker --help' for more information\n"],
    [
      'docker network nosuch',
      1,
      "docker: unknown command: docker network nosuch\n\nUsage:  docker network\n\nRun 'docker network --help' for more information\n",
    ],
    [
      'docker run --bad',
      125,
      "unknown flag: --bad\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n\nRun 'docker run --help' for more information\n",
    ],
    [
      'docker run img',
      125,
      "docker: Cannot connect to the Docker daemon at unix:///nowhere/docker.sock. Is the docker daemon running?\n\nRun 'docker run --help' for more information\n",
    ],
  ])('%s prints what docker prints', async (line, exitCode, stderr) => {
    expect(await run(prologue, line)).toMatchObject({ stdout: '', stderr, exitCode })
  })

  test('help names docker', async () => {
    const { stdout } = await run(prologue, 'docker --help; docker container ls --help')
    expect(stdout).toMatch(/^Usage: {2}docker \[OPTIONS\] COMMAND\n/)
    expect(stdout).toContain('\nUsage:  docker container ls [OPTIONS]\n')
    expect(stdout).toContain('\n  docker container ls, docker container list, docker container ps, docker ps\n')
  })

  test('completion scripts complete docker and call it', async () => {
    const registered = await run(prologue, 'source <(docker completion bash); complete -p docker; type -t _docker')
    expect(registered.stdout).toMatch(/ -F _docker docker\nfunction\n$/)
    for (const [shell, line] of [
      ['zsh', '#compdef docker\n'],
      ['fish', "complete -c docker -f -a '(__docker_complete)'\n"],
      ['powershell', "Register-ArgumentCompleter -Native -CommandName 'docker' "],
    ]) {
      const { stdout } = await run(prologue, `docker completion ${shell}`)
      expect(stdout).toContain(line)
      expect(stdout).not.toContain('tug')
    }
  })
})
