import { type ConfigFile, loadConfigFile } from '../config/config-file.ts'
import { Credentials } from '../config/credentials.ts'
import {
  defaultHost,
  type EndpointFlags,
  resolveContextName,
  resolveEndpoint,
  tlsFilePaths,
} from '../config/endpoint.ts'
import { homeDirectory } from '../config/home-directory.ts'
import { joinPath } from '../domain/go/path.ts'
import { ownPlatform } from '../domain/image/platform.ts'
import { pinnedApiVersion } from '../domain/system/api-version.ts'
import type { Plugin } from '../domain/system/plugin.ts'
import { Engine } from '../engine/engine.ts'
import type { GlobalFlags } from './argv/global-flags.ts'
import type { Cli } from './cli.ts'
import type { explainTo } from './explain.ts'
import { type Prompter, TerminalPrompter } from './io/prompter.ts'
import { readNamedFile } from './io/read-file.ts'
import { DescriptorOutput, type Input, ProcessInput } from './io/streams.ts'
import { redactRequest } from './redacted-request.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Returns the directory of config.json: DOCKER_CONFIG, or `~/.docker`. */
export function defaultConfigDir(env: Environment): string {
  return env.DOCKER_CONFIG || joinPath(homeDirectory(env), '.docker')
}

/** The dependencies of a command in the real process. Each is created when it is first used. */
export class ProcessCli implements Cli {
  readonly in: Input = new ProcessInput()
  readonly out = new DescriptorOutput(1)
  readonly err = new DescriptorOutput(2)
  readonly env: Environment
  readonly #flags: GlobalFlags
  readonly #builtins: () => readonly string[]
  #config: ConfigFile | undefined
  #engine: Engine | undefined
  #explainTo: typeof explainTo | undefined
  #prompter: Prompter | undefined
  #credentials: Credentials | undefined

  /** @param builtins returns the words that are tug's own commands */
  constructor(flags: GlobalFlags, env: Environment, builtins: () => readonly string[]) {
    this.#flags = flags
    this.#builtins = builtins
    this.env = env
  }

  get config(): ConfigFile {
    if (!this.#config) {
      this.#config = loadConfigFile(this.#flags.config || defaultConfigDir(this.env))
      if (this.#config.warning !== '') this.err.write(`${this.#config.warning}\n`)
    }
    return this.#config
  }

  get engine(): Engine {
    this.#engine ??= this.#createEngine()
    return this.#engine
  }

  #createEngine(): Engine {
    // As in docker, --config says nothing of certificates.
    const certDir = defaultConfigDir(this.env)
    const endpoint = resolveEndpoint(this.#endpointFlags(), this.env, this.config, certDir)
    const tlsFiles = () => tlsFilePaths(this.#endpointFlags(), this.env, this.config, certDir)
    return new Engine({
      endpoint,
      apiVersion: pinnedApiVersion(this.env.DOCKER_API_VERSION ?? ''),
      ...(this.isDebugging ? { log: this.#logRequest } : {}),
      ...(this.#explainTo ? { explain: this.#explainTo(this.err, endpoint, tlsFiles()) } : {}),
    })
  }

  /** Makes the engine print its requests as curl commands, for --explain. It is called before the engine is used. */
  async explainRequests(): Promise<void> {
    const { explainTo } = await import('./explain.ts')
    this.#explainTo = explainTo
  }

  get credentials(): Credentials {
    this.#credentials ??= new Credentials(this.config, {
      environment: this.env.DOCKER_AUTH_CONFIG ?? '',
      searchPath: this.env.PATH ?? '',
      warn: (line) => this.err.write(`${line}\n`),
    })
    return this.#credentials
  }

  get prompter(): Prompter {
    this.#prompter ??= new TerminalPrompter(this.in, this.out)
    return this.#prompter
  }

  get contextName(): string {
    return resolveContextName(this.#endpointFlags(), this.env, this.config)
  }

  get defaultHost(): string {
    return defaultHost(this.#endpointFlags(), this.env)
  }

  get colorLevel(): 0 | 1 | 2 | 3 {
    if (this.#flags.color !== 'auto') return this.#flags.color === 'always' ? 1 : 0
    const isPlain = this.env.NO_COLOR || this.env.TUG_PLAIN || this.env.TERM === 'dumb' || !this.out.isTerminal
    return isPlain ? 0 : 1
  }

  get isDebugging(): boolean {
    return this.#flags.debug || ['debug', 'trace'].includes(this.#flags['log-level'])
  }

  readonly platform = ownPlatform(process.platform, process.arch)

  now(): Date {
    return new Date()
  }

  readonly readFile = readNamedFile

  async listPlugins(): Promise<readonly Plugin[]> {
    const { listPlugins } = await import('./plugins/list.ts')
    return listPlugins(this.config, this.#builtins())
  }

  /** Waits until everything is written. @throws BrokenPipeError */
  async flush(): Promise<void> {
    await this.out.flush()
    await this.err.flush()
  }

  /** Whether something has to be closed before the process exits: ssh, which runs as a program of its own. */
  get needsClosing(): boolean {
    return this.#engine !== undefined && this.#engine.connection.endpoint.address.kind === 'ssh'
  }

  /** Closes the connections that keep the process running. */
  async close(): Promise<void> {
    await this.#engine?.close()
  }

  #endpointFlags(): EndpointFlags {
    return this.#flags
  }

  /** Logs a request for --debug: its path without secrets. Headers and bodies may contain secrets, too. */
  #logRequest = (method: string, path: string, statusCode: number): void => {
    const time = this.now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z')
    this.err.write(
      `time="${time}" level=debug msg="${method} ${redactRequest(path).replaceAll('"', '\\"')} ${statusCode}"\n`,
    )
  }
}
