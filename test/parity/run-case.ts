import { chmod, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { hasStrayBytes, osPath, toBytes } from '../../src/domain/go/bytes.ts'
import { directoryPath, joinPath } from '../../src/domain/go/path.ts'
import { FakeBuildKit } from '../support/buildkit-daemon.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { type WireRequest, withoutRandomNames } from '../support/fake-recording.ts'
import { launchWithin } from '../support/launch.ts'
import { buildKitRecord, dockerOfBuildKit } from './buildkit.ts'
import type { FileContent, ParityCase } from './case.ts'
import { caseDirectory } from './case-directory.ts'
import { isReference, referenceBuildPlugin } from './programs.ts'

/** The outcome of one invocation: what a script sees, and the requests. `<dir>` stands for the case's directory. */
export interface Outcome {
  /** The exit code as a shell sees it (128 and the number after a signal), or `timeout`. */
  readonly exit: number | string
  readonly stdout: string
  readonly stderr: string
  readonly wire: readonly WireRequest[]
  /** `mode content` of the files in `outputs`, or `absent`. */
  readonly outputs?: Readonly<Record<string, string>>
}

const TIMEOUT_MS = 20_000

/**
 * Runs the program as `[file, ...leading arguments]` for a case, in a separate directory and against a separate daemon.
 */
export async function runCase(program: readonly string[], parityCase: ParityCase): Promise<Outcome> {
  const dir = await caseDirectory('parity')
  let kill: (signal: NodeJS.Signals) => void = () => {}
  const buildkit = parityCase.buildkit && new FakeBuildKit(parityCase.buildkit)
  const daemon = new FakeDaemon({
    replies: { ...parityCase.replies, ...(buildkit ? dockerOfBuildKit : {}) },
    ...(buildkit ? { buildkit } : {}),
    ...(parityCase.apiVersion ? { apiVersion: parityCase.apiVersion } : {}),
    ...(parityCase.minApiVersion ? { minApiVersion: parityCase.minApiVersion } : {}),
    ...(parityCase.headers ? { headers: parityCase.headers } : {}),
    onSignal: (signal) => kill(signal),
  })
  try {
    const inDir = (text: string) => text.replaceAll('<dir>', dir)
    const socket = `${dir}/docker.sock`
    if (parityCase.daemon !== 'none') await daemon.listen(parityCase.daemon === 'tcp' ? undefined : socket)
    const host = parityCase.daemon === 'tcp' ? daemon.host : `unix://${socket}`
    const hostport = host.replace(/^tcp:\/\//, '')
    const place = (text: string) =>
      inDir(text)
        .replaceAll('<host>', host)
        .replaceAll('<hostport>', hostport)
        .replaceAll('<hostfile>', hostport.replaceAll(':', '-'))
    await prepare(dir, parityCase, place)
    if (buildkit && isReference(program)) await installBuildPlugin(dir)
    const exec = await execute([...program, ...parityCase.argv.map(place)], {
      cwd: `${dir}/${parityCase.cwd ?? 'cwd'}`,
      env: environment(parityCase, dir, host, place),
      stdin: parityCase.stdin === undefined ? undefined : place(parityCase.stdin),
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
      return parityCase.daemon === 'tcp' ? hidden.replaceAll(hostport, '<hostport>') : hidden
    }
    return {
      exit: exec.exit,
      stdout: hide(exec.stdout),
      stderr: hide(exec.stderr),
      wire: JSON.parse(hide(JSON.stringify(buildkit ? buildKitRecord(daemon, buildkit) : daemon.requests))),
      ...(parityCase.outputs ? { outputs: await readOutputs(dir, parityCase.outputs, place, hide) } : {}),
    }
  } finally {
    buildkit?.close()
    await daemon.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function prepare(dir: string, parityCase: ParityCase, place: (text: string) => string): Promise<void> {
  await mkdir(`${dir}/cwd`)
  await mkdir(`${dir}/bin`)
  const configFiles: Record<string, FileContent> = {}
  if (parityCase.config !== undefined)
    configFiles['.docker/config.json'] =
      typeof parityCase.config === 'string' ? parityCase.config : JSON.stringify(parityCase.config)
  await writeFiles(dir, { ...configFiles, ...parityCase.files }, place)
}

/** Creates files and directories below `dir`; `place` replaces the placeholders in names and text. */
export async function writeFiles(
  dir: string,
  files: Readonly<Record<string, FileContent>>,
  place: (text: string) => string,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const placed = place(name)
    const file = osPath(joinPath(dir, placed))
    await makeDirectory(dir, directoryPath(placed))
    if (content === 'directory') await makeDirectory(dir, placed)
    else if (typeof content === 'string') await writeWithMode(file, place(content), 0o644)
    else if (content instanceof Uint8Array) await writeWithMode(file, content, 0o644)
    else if ('link' in content) await symlink(osPath(content.link), file)
    else await writeWithMode(file, place(content.text), content.mode)
  }
}

async function installBuildPlugin(dir: string): Promise<void> {
  await makeDirectory(dir, '.docker/cli-plugins')
  await symlink(referenceBuildPlugin(), joinPath(dir, '.docker/cli-plugins/docker-buildx'))
}

/** Writes a file with a mode that does not depend on the umask, because modes are part of build contexts. */
async function writeWithMode(file: string | Buffer, content: string | Uint8Array, mode: number): Promise<void> {
  await writeFile(file, content)
  await chmod(file, mode)
}

async function makeDirectory(dir: string, name: string): Promise<void> {
  if (name === '.') return
  await makeDirectory(dir, directoryPath(name))
  const directory = osPath(joinPath(dir, name))
  await mkdir(directory, { recursive: true })
  await chmod(directory, 0o755)
}

/** In the ten milliseconds of a case, the executable's just-in-time compiler only costs time: a sixth of it. */
const WITHOUT_COMPILER = { BUN_JSC_useJIT: '0' }

function environment(parityCase: ParityCase, dir: string, host: string, place: (text: string) => string) {
  const standard = { HOME: dir, PATH: `${dir}/bin`, TZ: 'UTC', LANG: 'C.UTF-8', DOCKER_HOST: host, ...WITHOUT_COMPILER }
  const entries = Object.entries<string | null>({ ...standard, ...parityCase.env })
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, place(value)]])))
}

interface Execution {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly stdin: string | undefined
  readonly onStart: (kill: (signal: NodeJS.Signals) => void) => void
}

/**
 * Returns a command line whose arguments, and whose working directory, may have bytes that are not UTF-8
 * (src/domain/go/bytes.ts), which `spawn` cannot pass on.
 */
function throughShell(words: readonly string[], cwd: string): { words: readonly string[]; cwd: string } {
  if (![...words, cwd].some(hasStrayBytes)) return { words, cwd }
  const quote = (word: string) => `$'${Array.from(toBytes(word), (byte) => `\\x${byte.toString(16)}`).join('')}'`
  const line = `cd ${quote(cwd)}; unset PWD OLDPWD SHLVL; exec ${words.map(quote).join(' ')}`
  return { words: ['/bin/bash', '-c', line], cwd: '/' }
}

async function execute(
  typed: readonly string[],
  { cwd: directory, env, stdin, onStart }: Execution,
): Promise<Pick<Outcome, 'exit' | 'stdout' | 'stderr'>> {
  const { words, cwd } = throughShell(typed, directory)
  const [file = '', ...args] = words
  const ending = await launchWithin(TIMEOUT_MS, { file, args, cwd, env, input: stdin }, onStart)
  const exit = ending.exitCode ?? 128 + (ending.signal ? constants.signals[ending.signal] : 0)
  return {
    exit: ending.isTimedOut ? 'timeout' : exit,
    stdout: textOf(ending.stdout),
    stderr: textOf(ending.stderr),
  }
}

/** Decodes output as UTF-8. Invalid UTF-8 becomes Latin-1 with a mark, so that no byte is lost. */
function textOf(bytes: Buffer): string {
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
      const path = osPath(`${dir}/${place(name)}`)
      const [{ mode }, content] = await Promise.all([stat(path), readFile(path, 'utf8')])
      return [name, `${(mode & 0o777).toString(8)} ${hide(content)}`]
    } catch {
      return [name, 'absent']
    }
  })
  return Object.fromEntries(await Promise.all(entries))
}
