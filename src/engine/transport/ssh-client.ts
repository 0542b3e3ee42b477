/** How ssh is started: the program, docker's arguments, and a master connection that the connections of a command share. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { SshDestination } from '../../domain/context/endpoint.ts'
import { type ChildProcessByStdio, runProgram, spawnProgram } from '../../programs/programs.ts'

/** The size of a socket's path on macOS, where it is smallest, without the suffix that ssh adds while it creates it. */
const MAX_SOCKET_PATH = 104 - '.0123456789abcdef'.length - 1

/** How long `ssh -G` may take, in milliseconds. */
const CONFIGURATION_TIMEOUT = 5000

/** Starts the ssh processes of one command. */
export class SshClient {
  readonly #destination: SshDestination
  /** A line for the shell that starts ssh (TUG_SSH); empty for `ssh`. */
  readonly #command: string
  /** The private directory of the master's socket; empty if no connection is shared. Undefined before the first one. */
  #directory: string | undefined

  constructor(destination: SshDestination, command: string) {
    this.#destination = destination
    this.#command = command
  }

  /** Starts ssh with a connection to the daemon on its stdin and stdout. @throws ProgramError */
  start(): ChildProcessByStdio<Writable, Readable, Readable> {
    this.#directory ??= this.#makeDirectory()
    const args = [...sharingOptions(this.#directory), ...connectionArguments(this.#destination)]
    const [program, programArgs] = this.#invocation(args)
    // Like docker, it starts ssh in a new session, so that Ctrl-C on our terminal does not end the connection.
    return spawnProgram(program, programArgs, { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  }

  /** The command line in messages. TUG_SSH is not printed, because it may contain a password. */
  get commandLine(): string {
    return [this.#command === '' ? 'ssh' : '$TUG_SSH', ...connectionArguments(this.#destination)].join(' ')
  }

  /** Removes the directory of the master's socket. */
  close(): void {
    if (this.#directory) rmSync(this.#directory, { recursive: true, force: true })
    process.off('exit', this.#closeAtExit)
  }

  readonly #closeAtExit = () => this.close()

  /** Returns the program and its arguments. Like git's GIT_SSH_COMMAND, TUG_SSH is a line for the shell. */
  #invocation(args: readonly string[]): [string, readonly string[]] {
    return this.#command === '' ? ['ssh', args] : ['sh', ['-c', `${this.#command} "$@"`, 'sh', ...args]]
  }

  /** Makes the directory of the master's socket. Returns an empty text if the connections are not to be shared. */
  #makeDirectory(): string {
    if (process.platform === 'win32' || !this.#isShareable()) return ''
    try {
      const directory = mkdtempSync(join(tmpdir(), 'tug-ssh-'))
      process.once('exit', this.#closeAtExit)
      const path = socketPath(directory)
      if (/^[\w./-]+$/.test(path) && path.length <= MAX_SOCKET_PATH) return directory
      rmSync(directory, { recursive: true })
    } catch {
      // Without a directory for temporary files, each connection is made by itself, as docker does.
    }
    return ''
  }

  /**
   * Returns whether ssh is OpenSSH's, and its configuration does not share connections by itself. In that case the master
   * is often still there from the command before, and is faster than one of our own.
   */
  #isShareable(): boolean {
    if (this.#command !== '' && !/^(\S*\/)?ssh(\s|$)/.test(this.#command)) return false
    try {
      const [program, args] = this.#invocation(['-G', ...hostArguments(this.#destination)])
      const { status, stdout } = runProgram(program, args, {
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: CONFIGURATION_TIMEOUT,
      })
      return status === 0 && /^hostname /m.test(stdout) && !/^controlpath (?!none$)/m.test(stdout)
    } catch {
      return false
    }
  }
}

function socketPath(directory: string): string {
  return join(directory, 's')
}

/**
 * Returns the options with which the first ssh becomes the master of the others. It ends with the last connection: its
 * stdin is a pipe of tug's, so that it does not outlive a tug that was killed.
 */
function sharingOptions(directory: string): string[] {
  if (directory === '') return []
  const options = ['ControlMaster=auto', 'ControlPersist=no', `ControlPath=${socketPath(directory)}`]
  return options.flatMap((option) => ['-o', option])
}

/** Returns docker's arguments (docker/cli connhelper/ssh). */
function connectionArguments(destination: SshDestination): string[] {
  const { path, command } = destination
  return [
    ...hostArguments(destination),
    quoteWord(command || 'docker'),
    ...(path === '' ? [] : socketArguments(path)),
    ...['system', 'dial-stdio'],
  ]
}

function hostArguments({ user, hostname, port }: SshDestination): string[] {
  return [
    ...['-o', 'ConnectTimeout=30', '-T'],
    ...(user === '' ? [] : ['-l', user]),
    ...(port === '' ? [] : ['-p', port]),
    ...['--', hostname],
  ]
}

/** Returns the flag for the socket on the remote machine, in the form of docker 28.3.2. */
function socketArguments(path: string): string[] {
  return isPlain(path) ? ['--host', `unix://${path}`] : [quoteWord(`--host=unix://${path}`)]
}

/**
 * Quotes a word for the shell on the remote machine. Every word can be quoted, because endpoints with other characters
 * are rejected before.
 */
function quoteWord(word: string): string {
  if (isPlain(word)) return word
  return word.includes("'") ? `"${word.replace(/["\\`$]/g, '\\$&')}"` : `'${word}'`
}

function isPlain(word: string): boolean {
  return /^[\w./-]+$/.test(word)
}
