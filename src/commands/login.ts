import type { Cli } from '../cli/cli.ts'
import { DockerCommand } from '../cli/command.ts'
import { describeError } from '../cli/report-error.ts'
import { EngineError, ExitStatus, messageOf } from '../domain/errors.ts'
import { INDEX_SERVER, type RegistryAuth, registryHostname } from '../domain/registry.ts'
import { optional } from '../options/arg.ts'
import { bool, text, type ValuesOf } from '../options/flag.ts'

export default class Login extends DockerCommand {
  static override summary = 'Log in to a registry'
  static override description = 'Log in to a registry.\nWithout a server, to Docker Hub.'
  static override synopsis = '[OPTIONS] [SERVER]'
  static override args = { server: optional('SERVER') }
  static override flags = {
    password: text({ char: 'p', summary: 'Password or access token' }),
    'password-stdin': bool({ summary: 'Read the password or access token from stdin' }),
    username: text({ char: 'u', summary: 'User name' }),
  }

  async run(): Promise<void> {
    const { flags, args, given } = await this.read(Login)
    if (given.has('username') && flags.username === '') throw new ExitStatus(1, 'username is empty')
    const password = await passwordOf(flags, given.has('password'), this.cli)
    const server = serverOf(args.server)
    const isUnattended = flags.username !== '' || password !== ''
    const stored = isUnattended ? {} : await this.cli.credentials.get(server)
    const status =
      (await loginWithStored(stored, this.cli)) ??
      (await loginWithTyped({ ...flags, password, server, stored }, this.cli))
    if (status !== '') this.cli.out.write(`${status}\n`)
  }
}

interface Typed {
  readonly username: string
  readonly password: string
  readonly server: string
  readonly stored: RegistryAuth
}

/** Checks the flags against each other, and reads the password from where they say. */
async function passwordOf(flags: ValuesOf<typeof Login.flags>, isGiven: boolean, cli: Cli): Promise<string> {
  if (isGiven && flags['password-stdin']) {
    throw new ExitStatus(1, 'conflicting options: cannot specify both --password and --password-stdin')
  }
  if (isGiven && flags.password === '') throw new ExitStatus(1, 'password is empty')
  if (isGiven) cli.err.write('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n')
  if (!flags['password-stdin']) return flags.password
  if (flags.username === '') throw new ExitStatus(1, 'the --password-stdin option requires --username to be set')
  const chunks: Buffer[] = []
  for await (const chunk of cli.in.stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '')
}

/** The key under which credentials of a server are kept. */
function serverOf(typed: string | undefined): string {
  const isDockerHub = typed === undefined || typed === '' || typed === 'docker.io' || typed === INDEX_SERVER
  return isDockerHub ? INDEX_SERVER : registryHostname(typed)
}

/** The registry's answer to credentials that are kept already; undefined when there are none or they are refused. */
async function loginWithStored(stored: RegistryAuth, { engine, err, credentials }: Cli): Promise<string | undefined> {
  if (!stored.username || !stored.password) return undefined
  err.write(
    `Authenticating with existing credentials... [Username: ${stored.username}]\n\n` +
      " Info -> To login with a different account, run 'tug logout' followed by 'tug login'\n\n\n",
  )
  try {
    const answer = await engine.system.checkAuth(stored)
    await credentials.store(answer.IdentityToken ? withToken(stored, answer.IdentityToken) : stored)
    return answer.Status ?? ''
  } catch (error) {
    const isRefused = error instanceof EngineError && error.statusCode === 401
    err.write(
      isRefused ? 'Stored credentials invalid or expired\n' : `Login did not succeed, error: ${describeError(error)}\n`,
    )
    return undefined
  }
}

async function loginWithTyped({ username, password, server, stored }: Typed, cli: Cli): Promise<string> {
  const name = username.trim() || (await askUsername(server, stored.username ?? '', cli))
  const secret = password.trim() || (await askPassword(cli))
  const auth: RegistryAuth = { username: name, password: secret, serveraddress: server }
  const answer = await cli.engine.system.checkAuth(auth)
  await keep(answer.IdentityToken ? withToken(auth, answer.IdentityToken) : auth, cli)
  return answer.Status ?? ''
}

function withToken({ username, serveraddress }: RegistryAuth, identitytoken: string): RegistryAuth {
  return { ...(username ? { username } : {}), ...(serveraddress ? { serveraddress } : {}), identitytoken }
}

async function keep(auth: RegistryAuth, { credentials, config, err }: Cli): Promise<void> {
  const stored = await credentials.store(auth).catch((error: unknown) => {
    throw new ExitStatus(1, `Error saving credentials: ${messageOf(error)}`)
  })
  if (stored === 'plain' && auth.password) {
    err.write(
      `\nWARNING! Your credentials are stored unencrypted in '${config.path}'.\n` +
        'Configure a credential helper to remove this warning. See\n' +
        'https://docs.docker.com/go/credential-store/\n\n',
    )
  }
}

async function askUsername(server: string, known: string, cli: Cli): Promise<string> {
  needTerminal(cli)
  if (server === INDEX_SERVER) {
    cli.out.write('Log in with your Docker ID or email address. No Docker ID yet? Sign up at https://hub.docker.com/\n')
  }
  const typed = await cli.prompter.line(known === '' ? 'Username:' : `Username (${known}):`)
  const name = typed.trim() || known
  if (name === '') throw new ExitStatus(1, 'Error: Non-null Username Required')
  return name
}

async function askPassword(cli: Cli): Promise<string> {
  needTerminal(cli)
  const typed = await cli.prompter.secret('Password:')
  if (typed.trim() === '') throw new ExitStatus(1, 'Error: Password Required')
  return typed.trim()
}

function needTerminal(cli: Cli): void {
  if (!cli.in.isTerminal) throw new ExitStatus(1, 'Error: Cannot perform an interactive login from a non TTY device')
}
