import { existsSync } from 'node:fs'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from './launch.ts'
import { describeProcess, processTree } from './process-tree.ts'
import { Terminal, type TerminalOptions } from './terminal.ts'

/** A way to start the program under test. */
export interface Program {
  /** Its name in test titles. */
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The programs under test: the executables in `TUG_BIN` (separated by `:`, such as `docker`), or both forms of tug, the
 * compiled one and the one that npm installs.
 */
export const programs: readonly Program[] = process.env.TUG_BIN
  ? process.env.TUG_BIN.split(delimiter).map((file) => ({ name: file, command: [file] }))
  : [
      { name: 'dist/tug', command: [join(ROOT, 'dist/tug')] },
      { name: 'node bin/tug.js', command: [process.execPath, '--', join(ROOT, 'bin/tug.js')] },
    ]

/** The output and exit code of a command. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

export interface ShellOptions {
  /** The unix socket of the engine for DOCKER_HOST, which is unset without it. */
  readonly socket?: string
  readonly env?: NodeJS.ProcessEnv
}

export interface LineOptions {
  readonly cwd?: string
  readonly input?: string
  /** In milliseconds; a minute by default. */
  readonly timeout?: number
}

/** A shell in which `tug` is the program under test, with a separate, empty docker configuration. */
export class Shell {
  readonly env: NodeJS.ProcessEnv
  /** DOCKER_CONFIG: the directory of config.json. */
  readonly configDirectory: string
  readonly #directory: string

  private constructor(directory: string, options: ShellOptions) {
    this.#directory = directory
    this.configDirectory = join(directory, 'config')
    this.env = {
      ...inheritedEnvironment(),
      PATH: `${directory}${delimiter}${process.env.PATH ?? ''}`,
      DOCKER_CONFIG: this.configDirectory,
      ...(options.socket === undefined ? {} : { DOCKER_HOST: `unix://${options.socket}` }),
      ...options.env,
    }
  }

  static async open(program: Program, options: ShellOptions = {}): Promise<Shell> {
    const [file] = program.command
    if (file.includes('/') && !existsSync(file)) throw new Error(`${file} is missing: run \`npm run build\``)
    const directory = await mkdtemp(join(tmpdir(), 'tug-shell-'))
    await install(program, join(directory, 'tug'))
    return new Shell(directory, options)
  }

  /** Runs a command line, which may contain pipes and `$(…)`. */
  async run(line: string, { cwd, input, timeout = 60_000 }: LineOptions = {}): Promise<Outcome> {
    const directory = cwd === undefined ? {} : { cwd }
    const shell = launch({ file: 'sh', args: ['-c', line], env: this.env, input: input ?? '', ...directory })
    const pid = await shell.pid
    let processes: string | undefined
    const timer = setTimeout(() => {
      processes = endTree(pid)
    }, timeout)
    const ending = await shell.ending.finally(() => clearTimeout(timer))
    const [stdout, stderr] = [ending.stdout.toString(), ending.stderr.toString()]
    if (processes !== undefined)
      throw new Error(`\`${line}\` did not end in ${timeout} ms:\n${stdout}${stderr}\n${processes}`)
    return { stdout, stderr, exitCode: ending.exitCode ?? -1 }
  }

  /** Runs a command line and returns its stdout. @throws Error with its output when it fails */
  async succeed(line: string, options: LineOptions = {}): Promise<string> {
    const { stdout, stderr, exitCode } = await this.run(line, options)
    if (exitCode !== 0) throw new Error(`\`${line}\` exited with ${exitCode}:\n${stdout}${stderr}`)
    return stdout
  }

  /** Runs a command line on a terminal. */
  terminal(line: string, options: Omit<TerminalOptions, 'env'> = {}): Terminal {
    return Terminal.open('sh', ['-c', `exec ${line}`], { ...options, env: this.env })
  }

  async close(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true })
  }
}

/** Makes a program available under another name: by a link, or by a script if it needs arguments or is found on PATH. */
async function install({ command: [file, ...words] }: Program, name: string): Promise<void> {
  if (words.length === 0 && file.includes('/')) return symlink(file, name)
  const line = [file, ...words].map((word) => `'${word}'`).join(' ')
  await writeFile(name, `#!/bin/sh\nexec ${line} "$@"\n`, { mode: 0o755 })
}

/** Kills a process with all of its descendants, which would keep its output open. @returns what they were waiting for */
function endTree(root: number): string {
  const processes = processTree(root)
  const description = processes.map(describeProcess).join('\n')
  for (const pid of processes) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
  }
  return description
}

/**
 * Returns our environment without variables that would change the program's behaviour. DOCKER_BUILDKIT stays for the
 * reference client.
 */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const changes =
    /^(DOCKER_(?!BUILDKIT$)|TUG_|NO_COLOR$|FORCE_COLOR$|COLORTERM$|CI$|VITEST|NODE_|npm_|BUILDKIT_|BUILDX_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !changes.test(name)))
}
