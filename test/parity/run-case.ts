import { spawn } from 'node:child_process'
import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import path from 'node:path'
import { FakeBuildKit } from '../support/buildkit-daemon.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { type WireRequest, withoutRandomNames } from '../support/fake-recording.ts'
import { buildKitRecord, dockerOfBuildKit } from './buildkit.ts'
import type { FileContent, ParityCase } from './case.ts'
import { caseDirectory } from './case-directory.ts'
import { isReference, referenceBuildPlugin } from './programs.ts'

/** What a script sees of one invocation, and what the daemon saw. `<dir>` stands for the case's directory. */
export interface Outcome {
  /** The exit code as a shell sees it (128 and the number after a signal), or `timeout`. */
  readonly exit: number | string
  readonly stdout: string
  readonly stderr: string
  readonly wire: readonly WireRequest[]
  /** `mode content` of the files asked for; `absent` where there is none. */
  readonly outputs?: Readonly<Record<string, string>>
}

const TIMEOUT_MS = 20_000

/** Runs the program as `[file, ...leading arguments]` for a case, in a directory and against a daemon of its own. */
export async function runCase(program: readonly string[], given: ParityCase): Promise<Outcome> {
  const dir = await caseDirectory('parity')
  let kill: (signal: NodeJS.Signals) => void = () => {}
  const buildkit = given.buildkit && new FakeBuildKit(given.buildkit)
  const daemon = new FakeDaemon({
    replies: { ...given.replies, ...(buildkit ? dockerOfBuildKit : {}) },
    ...(buildkit ? { buildkit } : {}),
    ...(given.apiVersion ? { apiVersion: given.apiVersion } : {}),
    ...(given.headers ? { headers: given.headers } : {}),
    onSignal: (signal) => kill(signal),
  })
  try {
    const inDir = (text: string) => text.replaceAll('<dir>', dir)
    const socket = `${dir}/docker.sock`
    if (given.daemon !== 'none') await daemon.listen(given.daemon === 'tcp' ? undefined : socket)
    const host = given.daemon === 'tcp' ? daemon.host : `unix://${socket}`
    const hostport = host.replace(/^tcp:\/\//, '')
    const place = (text: string) =>
      inDir(text)
        .replaceAll('<host>', host)
        .replaceAll('<hostport>', hostport)
        .replaceAll('<hostfile>', hostport.replaceAll(':', '-'))
    await prepare(dir, given, place)
    if (buildkit && isReference(program)) await installBuildPlugin(dir)
    const exec = await execute([...program, ...given.argv.map(place)], {
      cwd: `${dir}/cwd`,
      env: environment(given, dir, host, place),
      stdin: given.stdin === undefined ? undefined : place(given.stdin),
      onStart: (killer) => {
        kill = killer
      },
    })
    const hide = (text: string) => {
      const hidden = withoutRandomNames(text)
        .replaceAll(dir, '<dir>')
        .replaceAll(encodeURIComponent(dir), '<dir>')
        .replaceAll(/\bdefault\/default\/[0-9a-z]{25}\b/g, 'default/default/<ref>')
        .replaceAll(/^time="\d{4}-[^"]*"/gm, 'time="<time>"')
      return given.daemon === 'tcp' ? hidden.replaceAll(hostport, '<hostport>') : hidden
    }
    return {
      exit: exec.exit,
      stdout: hide(exec.stdout),
      stderr: hide(exec.stderr),
      wire: JSON.parse(hide(JSON.stringify(buildkit ? buildKitRecord(daemon, buildkit) : daemon.requests))),
      ...(given.outputs ? { outputs: await readOutputs(dir, given.outputs, place, hide) } : {}),
    }
  } finally {
    buildkit?.close()
    await daemon.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function prepare(dir: string, given: ParityCase, place: (text: string) => string): Promise<void> {
  await mkdir(`${dir}/cwd`)
  await mkdir(`${dir}/bin`)
  const configFiles: Record<string, FileContent> = {}
  if (given.config !== undefined)
    configFiles['.docker/config.json'] = typeof given.config === 'string' ? given.config : JSON.stringify(given.config)
  await writeFiles(dir, { ...configFiles, ...given.files }, place)
}

/** Makes files and directories below `dir`; `place` fills in what their text and names leave open. */
export async function writeFiles(
  dir: string,
  files: Readonly<Record<string, FileContent>>,
  place: (text: string) => string,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const placed = place(name)
    const file = path.join(dir, placed)
    await makeDirectory(dir, path.dirname(placed))
    if (content === 'directory') await makeDirectory(dir, placed)
    else if (typeof content === 'string') await writeWithMode(file, place(content), 0o644)
    else if (content instanceof Uint8Array) await writeWithMode(file, content, 0o644)
    else if ('link' in content) await symlink(content.link, file)
    else await writeWithMode(file, place(content.text), content.mode)
  }
}

async function installBuildPlugin(dir: string): Promise<void> {
  await makeDirectory(dir, '.docker/cli-plugins')
  await symlink(referenceBuildPlugin(), path.join(dir, '.docker/cli-plugins/docker-buildx'))
}

/** Modes go into build contexts, so they are set whatever the umask is. */
async function writeWithMode(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  await writeFile(file, content)
  await chmod(file, mode)
}

async function makeDirectory(dir: string, name: string): Promise<void> {
  if (name === '.') return
  await makeDirectory(dir, path.dirname(name))
  await mkdir(path.join(dir, name), { recursive: true })
  await chmod(path.join(dir, name), 0o755)
}

function environment(given: ParityCase, dir: string, host: string, place: (text: string) => string) {
  const standard = { HOME: dir, PATH: `${dir}/bin`, TZ: 'UTC', LANG: 'C.UTF-8', DOCKER_HOST: host }
  const entries = Object.entries<string | null>({ ...standard, ...given.env })
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, place(value)]])))
}

interface Execution {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdin: string | undefined
  readonly onStart: (kill: (signal: NodeJS.Signals) => void) => void
}

function execute([file = '', ...argv]: readonly string[], { cwd, env, stdin, onStart }: Execution) {
  return new Promise<Pick<Outcome, 'exit' | 'stdout' | 'stderr'>>((resolve, reject) => {
    const child = spawn(file, argv, { cwd, env, stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    onStart((signal) => child.kill(signal))
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, TIMEOUT_MS)
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.stdin?.on('error', () => {})
    child.stdin?.end(stdin)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const exit = timedOut ? 'timeout' : (code ?? 128 + (signal ? constants.signals[signal] : 0))
      resolve({ exit, stdout: textOf(stdout), stderr: textOf(stderr) })
    })
  })
}

/** UTF-8 where it is UTF-8; other bytes as latin1 behind a mark, so that nothing is lost in comparing. */
function textOf(chunks: readonly Buffer[]): string {
  const bytes = Buffer.concat([...chunks])
  const text = bytes.toString()
  return Buffer.from(text).equals(bytes) ? text : `[latin1]${bytes.toString('latin1')}`
}

async function readOutputs(
  dir: string,
  names: readonly string[],
  place: (text: string) => string,
  hide: (text: string) => string,
) {
  const entries = names.map(async (name) => {
    try {
      const path = `${dir}/${place(name)}`
      const [{ mode }, content] = await Promise.all([stat(path), readFile(path, 'utf8')])
      return [name, `${(mode & 0o777).toString(8)} ${hide(content)}`]
    } catch {
      return [name, 'absent']
    }
  })
  return Object.fromEntries(await Promise.all(entries))
}
