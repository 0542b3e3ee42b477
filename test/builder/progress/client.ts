import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type IPty, spawn as spawnOnTerminal } from '@lydell/node-pty'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import type { PlainCase, TerminalCase } from './cases.ts'
import type { Response, Screens } from './golden.ts'
import type { Scenario } from './scenario.ts'
import { Screen } from './screen.ts'
import { ScriptedBuildKit } from './scripted-buildkit.ts'

/** Runs a docker client, with a separate configuration and build context, on scripted builds. */
export class BuildClient {
  readonly #command: readonly string[]
  readonly #directory = mkdtempSync(join(tmpdir(), 'tug-progress-'))

  /** @param buildx the file of docker's plugin; empty for a client that needs none */
  constructor(command: readonly string[], buildx = '') {
    this.#command = command
    mkdirSync(join(this.#directory, 'config/cli-plugins'), { recursive: true })
    if (buildx !== '') symlinkSync(buildx, join(this.#directory, 'config/cli-plugins/docker-buildx'))
    mkdirSync(join(this.#directory, 'context'))
    writeFileSync(join(this.#directory, 'context/Dockerfile'), 'FROM scratch\n')
  }

  /** Removes the client's files. */
  close(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }

  offTerminal({ scenario, flags, env }: PlainCase): Promise<Response> {
    const { debug = false, ...rest } = flags
    const typed = Object.entries(rest).map(([flag, value]) => `--${flag}=${value}`)
    const [file = '', ...args] = [...this.#command, ...(debug ? ['--debug'] : []), 'build', ...typed, '.']
    return withDaemon(scenario, (host) => {
      const child = spawn(file, args, { ...this.#environment(host, env), stdio: ['ignore', 'pipe', 'pipe'] })
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
      const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('latin1')
      return new Promise((resolve) => {
        child.on('close', (exitCode) => {
          resolve({ exitCode: exitCode ?? -1, stdout: text(stdout), stderr: text(stderr) })
        })
      })
    })
  }

  onTerminal({ scenario, columns, rows, snapshots, resize, interruptAt, env }: TerminalCase): Promise<Screens> {
    return withDaemon(scenario, async (host, begun) => {
      const screen = new Screen(columns, rows)
      const [file = '', ...args] = [...this.#command, 'build', '.']
      const clientEnvironment = this.#environment(host, env)
      const pty = spawnOnTerminal(file, args, { name: 'xterm-256color', cols: columns, rows, ...clientEnvironment })
      pty.onData((data) => screen.write(data))
      const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
      await Promise.race([begun, exited])
      const begin = performance.now()
      const recorded: (readonly string[])[] = []
      const steps = [
        ...snapshots.map((at) => ({ at, act: async () => void recorded.push(await screen.visibleRows()) })),
        ...(interruptAt === undefined ? [] : [{ at: interruptAt, act: async () => pty.write('\x03') }]),
        ...(resize ? [{ at: resize.at, act: () => resizeBoth(pty, screen, resize) }] : []),
      ].sort((a, b) => a.at - b.at)
      for (const { at, act } of steps) {
        await sleep(at - (performance.now() - begin))
        await act()
      }
      const exitCode = await exited
      return { exitCode, snapshots: recorded, end: await screen.allRows() }
    })
  }

  #environment(host: string, env: NodeJS.ProcessEnv) {
    const DOCKER_CONFIG = join(this.#directory, 'config')
    const own = { PATH: process.env.PATH, HOME: this.#directory, DOCKER_HOST: host, DOCKER_CONFIG, TZ: 'UTC' }
    return { cwd: join(this.#directory, 'context'), env: { ...own, ...env } }
  }
}

async function withDaemon<T>(scenario: Scenario, use: (host: string, begun: Promise<void>) => Promise<T>): Promise<T> {
  const buildkit = new ScriptedBuildKit(scenario)
  const daemon = new FakeDaemon({ buildkit, replies: { 'GET /version': { json: { Version: '28.2.2', Os: 'linux' } } } })
  try {
    return await use(await daemon.listen(), buildkit.started)
  } finally {
    buildkit.close()
    await daemon.close()
  }
}

async function resizeBoth(pty: IPty, screen: Screen, size: { columns: number; rows: number }): Promise<void> {
  pty.resize(size.columns, size.rows)
  await screen.resize(size.columns, size.rows)
}
