import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type IPty, spawn as spawnOnTerminal } from '@lydell/node-pty'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { PLAIN_CASES, TERMINAL_CASES, type TerminalCase } from './cases.ts'
import { type Answer, readGolden, readScreens, type Screens, writeGolden, writeScreens } from './golden.ts'
import type { Scenario } from './scenario.ts'
import { Screen } from './screen.ts'
import { ScriptedBuildKit } from './scripted-buildkit.ts'

/**
 * Records what the reference client shows of the scripted builds: `node test/build/progress/record.ts [words of a name]`
 * with docker 28 on PATH, and BUILDX naming buildx 0.29's executable. The builds last as long as their scripts say.
 */

const folder = mkdtempSync(join(tmpdir(), 'tug-progress-'))

function prepare(): void {
  const { BUILDX } = process.env
  if (!BUILDX) throw new Error('BUILDX names no executable')
  mkdirSync(join(folder, 'config/cli-plugins'), { recursive: true })
  symlinkSync(BUILDX, join(folder, 'config/cli-plugins/docker-buildx'))
  mkdirSync(join(folder, 'context'))
  writeFileSync(join(folder, 'context/Dockerfile'), 'FROM scratch\n')
}

async function withDaemon<T>(scenario: Scenario, use: (host: string, begun: Promise<void>) => Promise<T>): Promise<T> {
  const buildkit = new ScriptedBuildKit(scenario)
  const daemon = new FakeDaemon({ buildkit, replies: { 'GET /version': { json: { Version: '28.2.2', Os: 'linux' } } } })
  try {
    return await use(await daemon.listen(), buildkit.playing)
  } finally {
    buildkit.close()
    await daemon.close()
  }
}

function environment(host: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const DOCKER_CONFIG = join(folder, 'config')
  return { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: host, DOCKER_CONFIG, TZ: 'UTC', ...env }
}

function docker(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  const child = spawn('docker', args, { cwd: join(folder, 'context'), env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('latin1')
      resolve({ exitCode: exitCode ?? -1, stdout: text(stdout), stderr: text(stderr) })
    })
  })
}

async function onTerminal(
  { columns, rows, looks, resize, interruptAt, env }: TerminalCase,
  host: string,
  begun: Promise<void>,
): Promise<Screens> {
  const screen = new Screen(columns, rows)
  const pty = spawnOnTerminal('docker', ['build', '.'], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd: join(folder, 'context'),
    env: environment(host, env),
  })
  pty.onData((data) => screen.write(data))
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)))
  await Promise.race([begun, exited])
  const begin = performance.now()
  const seen: (readonly string[])[] = []
  const steps = [
    ...looks.map((at) => ({ at, act: async () => void seen.push(await screen.shown()) })),
    ...(interruptAt === undefined ? [] : [{ at: interruptAt, act: async () => pty.write('\x03') }]),
    ...(resize ? [{ at: resize.at, act: () => resizeBoth(pty, screen, resize) }] : []),
  ].sort((a, b) => a.at - b.at)
  for (const { at, act } of steps) {
    await sleep(at - (performance.now() - begin))
    await act()
  }
  const exitCode = await exited
  return { exitCode, looks: seen, end: await screen.all() }
}

async function resizeBoth(pty: IPty, screen: Screen, size: { columns: number; rows: number }): Promise<void> {
  pty.resize(size.columns, size.rows)
  await screen.resize(size.columns, size.rows)
}

/** What is of no case any more is left out. */
function inOrder<T>(cases: readonly { name: string }[], recorded: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(cases.flatMap(({ name }) => (recorded[name] ? [[name, recorded[name]]] : [])))
}

prepare()
try {
  const words = process.argv.slice(2).join(' ')
  const answers = readGolden('plain')
  for (const { name, scenario, flags, env } of PLAIN_CASES) {
    if (!name.includes(words)) continue
    process.stdout.write(`${name}\n`)
    answers[name] = await withDaemon(scenario, (host) => {
      const { debug = false, ...rest } = flags
      const typed = Object.entries(rest).map(([flag, value]) => `--${flag}=${value}`)
      return docker([...(debug ? ['--debug'] : []), 'build', ...typed, '.'], environment(host, env))
    })
  }
  writeGolden('plain', inOrder(PLAIN_CASES, answers))
  const screens = readScreens()
  for (const terminalCase of TERMINAL_CASES) {
    const { name, scenario } = terminalCase
    if (!name.includes(words)) continue
    process.stdout.write(`${name}\n`)
    screens[name] = await withDaemon(scenario, (host, begun) => onTerminal(terminalCase, host, begun))
  }
  writeScreens(inOrder(TERMINAL_CASES, screens))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
