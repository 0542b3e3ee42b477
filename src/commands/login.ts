import { readPassword } from '../actions/registry/password.ts'
import { credentialsFor } from '../actions/registry/registry-auth.ts'
import { CredentialWriter, warnAboutEnvironment } from '../actions/registry/store-credentials.ts'
import type { Cli } from '../cli/cli.ts'
import { DockerCommand } from '../cli/command.ts'
import { programName } from '../cli/program-name.ts'
import { ConnectionError, describeError, EngineError, ExitStatus } from '../domain/errors.ts'
import {
  type AuthResponse,
  DOCKER_HUB,
  INDEX_SERVER,
  type RegistryAuth,
  registryHostname,
} from '../domain/registry/registry.ts'
import { optional } from '../flags/arg.ts'
import { bool, text } from '../flags/flag.ts'
import { note } from '../format/text/notices.ts'

export default class Login extends DockerCommand {
  static override summary = 'Log in to a registry'
  static override description = 'Log in to a registry.\nDefaults to Docker Hub.'
  static override examples = [
    {
      description: 'Log in with a password from a file',
      command: 'tug login --username gordon --password-stdin localhost:5000 < password.txt',
    },
    {
      description: 'Log in with a password from a pipe',
      command: 'cat password.txt | tug login -u gordon --password-stdin localhost:5000',
    },
  ]
  static override synopsis = '[OPTIONS] [SERVER]'
  static override args = { server: optional('SERVER') }
  static override flags = {
    password: text({ char: 'p', summary: 'Password or access token; - reads it from stdin' }),
    'password-stdin': bool({ summary: 'Read the password or access token from stdin' }),
    username: text({ char: 'u', summary: 'User name' }),
  }

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(Login)
    if (typedFlags.has('username') && flags.username === '') throw new ExitStatus(1, 'username is empty')
    const server = credentialKey(args.server)
    const password = await readPassword(flags, typedFlags, this.cli)
    warnAboutEnvironment(this.cli)
    const isUnattended = flags.username !== '' || typedFlags.has('password')
    const stored = isUnattended ? {} : await credentialsFor(server, this.cli)
    const status =
      (await loginWithStored(stored, this.cli)) ??
      (isUnattended || server !== INDEX_SERVER ? undefined : await loginOnTheWeb(this.cli)) ??
      (await loginWithTyped({ ...flags, password, server, stored }, this.cli))
    if (status !== '') this.cli.out.write(`${status}\n`)
  }
}

interface TypedCredentials {
  readonly username: string
  readonly password: string
  readonly server: string
  readonly stored: RegistryAuth
}

/**
 * Returns the key under which a server's credentials are stored.
 * @throws ExitStatus for an address without a host, for which docker would send the password to Docker Hub
 */
function credentialKey(typed: string | undefined): string {
  if (typed === undefined || typed === '' || typed === DOCKER_HUB || typed === INDEX_SERVER) return INDEX_SERVER
  const host = registryHostname(typed)
  if (host === '' || host === 'http:' || host === 'https:') {
    throw new ExitStatus(1, `invalid registry address ${JSON.stringify(typed)}`)
  }
  return host
}

/** Logs in with the stored credentials. @returns undefined if there are none or they are refused */
async function loginWithStored(stored: RegistryAuth, cli: Cli): Promise<string | undefined> {
  const { engine, err } = cli
  if (!stored.username || !stored.password) return undefined
  const name = programName()
  const other = `To login with a different account, run '${name} logout' followed by '${name} login'`
  const info = note('info', [other], err.isTerminal)
  err.write(`Authenticating with existing credentials... [Username: ${stored.username}]\n${info}\n\n`)
  let response: AuthResponse
  try {
    response = await engine.system.checkAuth(stored)
  } catch (error) {
    const isRefused = error instanceof EngineError && error.statusCode === 401
    err.write(
      isRefused ? 'Stored credentials invalid or expired\n' : `Login did not succeed, error: ${describeError(error)}\n`,
    )
    return undefined
  }
  await new CredentialWriter(cli).store(credentialsToStore(stored, response))
  return response.Status ?? ''
}

/** Logs in to Docker Hub with a browser. @returns undefined if that is disabled or cannot be started */
async function loginOnTheWeb(cli: Cli): Promise<string | undefined> {
  requireTerminal(cli)
  const { isWebLoginDisabled, webLogin } = await import('../actions/registry/web-login/web-login.ts')
  if (isWebLoginDisabled(cli.env)) return undefined
  const writer = new CredentialWriter(cli)
  const auth = await webLogin(cli, (tokens) => writer.store(tokens))
  if (auth === undefined) {
    cli.err.write('Failed to start web-based login - falling back to command line login...\n\n')
    return undefined
  }
  const response = await checkAuth(auth, cli)
  await writer.store(auth)
  return response.Status ?? ''
}

async function loginWithTyped({ username, password, server, stored }: TypedCredentials, cli: Cli): Promise<string> {
  const name = username.trim() || (await askUsername(server, stored.username ?? '', cli))
  const secret = password || (await askPassword(server, cli))
  const auth: RegistryAuth = { username: name, password: secret, ...(server ? { serveraddress: server } : {}) }
  const response = await checkAuth(auth, cli)
  await new CredentialWriter(cli).store(credentialsToStore(auth, response))
  return response.Status ?? ''
}

/** Checks credentials through the daemon, or directly at the registry if there is no daemon. */
async function checkAuth(auth: RegistryAuth, { engine, env }: Cli): Promise<AuthResponse> {
  try {
    return await engine.system.checkAuth(auth)
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error
    const [{ loginAtRegistry }, { webClient }] = await Promise.all([
      import('../actions/registry/registry-login.ts'),
      import('../registry/http-client.ts'),
    ])
    return loginAtRegistry(auth, webClient(env))
  }
}

/** Returns the credentials to store. An identity token of the registry replaces the password. */
function credentialsToStore(auth: RegistryAuth, { IdentityToken = '' }: AuthResponse): RegistryAuth {
  const { username, serveraddress } = auth
  if (IdentityToken === '') return auth
  return {
    ...(username ? { username } : {}),
    ...(serveraddress ? { serveraddress } : {}),
    identitytoken: IdentityToken,
  }
}

async function askUsername(server: string, known: string, cli: Cli): Promise<string> {
  requireTerminal(cli)
  if (server === INDEX_SERVER) {
    cli.out.write('Log in with your Docker ID or email address. No Docker ID yet? Sign up at https://hub.docker.com/\n')
  }
  const typed = await cli.prompter.line(known === '' ? 'Username: ' : `Username (${known}): `)
  const name = typed.trim() || known
  if (name === '') throw new ExitStatus(1, 'Error: Non-null Username Required')
  return name
}

async function askPassword(server: string, cli: Cli): Promise<string> {
  requireTerminal(cli)
  if (server === INDEX_SERVER) {
    const tokenNote = 'You can use a personal access token instead: https://app.docker.com/settings'
    cli.err.write(note('info', [tokenNote, ''], cli.err.isTerminal))
  }
  const typed = await cli.prompter.secret('Password: ')
  if (typed.trim() === '') throw new ExitStatus(1, 'Error: Password Required')
  return typed.trim()
}

function requireTerminal(cli: Cli): void {
  if (!cli.in.isTerminal) throw new ExitStatus(1, 'Error: Cannot perform an interactive login from a non TTY device')
}
