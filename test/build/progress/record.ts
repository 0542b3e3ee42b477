import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { PLAIN_CASES } from './cases.ts'
import { type Answer, readGolden, writeGolden } from './golden.ts'
import type { Scenario } from './scenario.ts'
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

async function withDaemon<T>(scenario: Scenario, use: (host: string) => Promise<T>): Promise<T> {
  const buildkit = new ScriptedBuildKit(scenario)
  const daemon = new FakeDaemon({ buildkit, replies: { 'GET /version': { json: { Version: '28.2.2', Os: 'linux' } } } })
  try {
    return await use(await daemon.listen())
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
  writeGolden('plain', answers)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
