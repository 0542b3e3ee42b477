import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { SYSTEM_PATH } from './engines/command.ts'
import { until } from './engines/http.ts'
import { launch } from './engines/launch.ts'
import { findExecutable, needTools } from './engines/packages.ts'
import { freePort } from './ports.ts'
import type { Program } from './run.ts'

/** How OpenSSH's client shares connections: the value of `ControlMaster`, and whether masters persist. */
export type Sharing = 'none' | 'auto' | 'persistent'

export const SHARINGS: readonly Sharing[] = ['none', 'auto', 'persistent']

/** The name of the server in the clients' configuration: `ssh://far`. */
export const SSH_HOST = 'far'

/**
 * Runs sshd with a `/run/sshd` of its own, which it needs for processes without privileges. bash reads the account's
 * `.bashrc` (`$1`) at every login; what a developer has in there must not slow the tests down or change them.
 */
const OWN_FILES = `
mount -t tmpfs tmpfs /run
mkdir -m 755 /run/sshd
if [ -f "$1" ]; then mount --bind /dev/null "$1"; fi
shift
"$@" & wait $!
`

/** A real OpenSSH server on loopback, with a key and a configuration of its own. */
export class SshServer {
  readonly #directory: string
  readonly #stop: () => Promise<void>

  private constructor(directory: string, stop: () => Promise<void>) {
    this.#directory = directory
    this.#stop = stop
  }

  /**
   * Starts the server. Its sessions use the daemon at `socket`.
   * @param remote the program that is `docker` on the far side; by default docker's client
   * @throws Error that names what is missing: docker's client or a package of OpenSSH
   */
  static async start(socket: string, remote?: Program): Promise<SshServer> {
    const ssh = await toolPath('ssh')
    const sshd = await toolPath('sshd')
    if (remote === undefined && findExecutable('docker') === undefined) {
      throw new Error('no docker client on PATH to be started on the far side of ssh')
    }
    const directory = await mkdtemp(join(tmpdir(), 'tug-ssh-'))
    const at = (name: string) => join(directory, name)
    for (const key of ['host', 'user']) await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(key)])
    await copyFile(at('user.pub'), at('authorized'))
    const port = await freePort()
    await writeFile(at('sshd_config'), serverConfiguration(at, port, socket))
    if (remote !== undefined) await writeRemoteDocker(at('bin'), remote)
    const server = launch(
      OWN_FILES,
      [join(userInfo().homedir, '.bashrc'), sshd, '-D', '-e', '-f', at('sshd_config')],
      at('sshd.log'),
    )
    await until({
      attempt: async () => ((await readFile(at('sshd.log'), 'utf8')).includes('Server listening') ? true : undefined),
      failure: () => `sshd did not start:\n${server.logTail()}`,
      isOver: server.hasEnded,
      timeout: 20_000,
    })
    for (const sharing of SHARINGS) {
      await mkdir(at(sharing))
      await writeFile(at(`${sharing}/config`), clientConfiguration(at, port, sharing))
      // OpenSSH reads the configuration of the account's home, whatever HOME says.
      const lines = ['#!/bin/sh', `echo $$ >>${at('clients')}`, `exec ${ssh} -F ${at(`${sharing}/config`)} "$@"`]
      await writeFile(at(`${sharing}/ssh`), `${lines.join('\n')}\n`)
      await chmod(at(`${sharing}/ssh`), 0o755)
    }
    const stop = async () => {
      await server.kill()
      await rm(directory, { recursive: true, force: true })
    }
    return new SshServer(directory, stop)
  }

  /** The directory with an `ssh` that knows the server as `far`, for the front of PATH. */
  clientDirectory(sharing: Sharing): string {
    return join(this.#directory, sharing)
  }

  /** The process ids of the clients that were started since the last call. */
  async takeClients(): Promise<number[]> {
    const file = join(this.#directory, 'clients')
    const text = await readFile(file, 'utf8').catch(() => '')
    await rm(file, { force: true })
    return text.split('\n').filter(Boolean).map(Number)
  }

  /** Returns the number of connections that the server has accepted. */
  async countLogins(): Promise<number> {
    const log = await readFile(join(this.#directory, 'sshd.log'), 'utf8')
    return log.split('\n').filter((line) => line.includes('Accepted publickey')).length
  }

  /** Ends the master connection that `auto` and `persistent` share. */
  async endMaster(): Promise<void> {
    const config = join(this.clientDirectory('persistent'), 'config')
    await execa('ssh', ['-F', config, '-O', 'exit', SSH_HOST], { reject: false })
  }

  async close(): Promise<void> {
    await this.endMaster()
    await this.#stop()
  }
}

/** Makes a program `docker` in a directory for the front of PATH. */
async function writeRemoteDocker(directory: string, { command }: Program): Promise<void> {
  await mkdir(directory)
  const words = command.map((word) => `'${word}'`).join(' ')
  await writeFile(join(directory, 'docker'), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 })
}

async function toolPath(tool: 'ssh' | 'sshd'): Promise<string> {
  await needTools([tool, 'ssh-keygen'], () => {})
  const path = findExecutable(tool)
  if (path === undefined) throw new Error(`${tool} is not on PATH after its package was installed`)
  return path
}

function serverConfiguration(at: (name: string) => string, port: number, socket: string): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${at('host')}
AuthorizedKeysFile ${at('authorized')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 200
SetEnv PATH="${at('bin')}:${SYSTEM_PATH}" DOCKER_HOST=unix://${socket}
`
}

function clientConfiguration(at: (name: string) => string, port: number, sharing: Sharing): string {
  return `Host ${SSH_HOST}
HostName 127.0.0.1
Port ${port}
IdentityFile ${at('user')}
IdentitiesOnly yes
UserKnownHostsFile ${at('known')}
StrictHostKeyChecking accept-new
LogLevel ERROR
${sharing === 'none' ? '' : `ControlMaster auto\nControlPath ${at('master')}\n`}${sharing === 'persistent' ? 'ControlPersist 60\n' : ''}`
}
