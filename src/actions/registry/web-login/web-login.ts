import { once } from 'node:events'
import type { Cli } from '../../../cli/cli.ts'
import { programName } from '../../../cli/program-name.ts'
import type { Credentials } from '../../../config/credentials.ts'
import { ExitStatus, messageOf } from '../../../domain/errors.ts'
import { INDEX_SERVER, type RegistryAuth } from '../../../domain/registry/registry.ts'
import { note } from '../../../format/text/notices.ts'
import { webClient } from '../../../registry/http-client.ts'
import { openBrowser } from './browser.ts'
import { CLIENT_ID, ClaimsError, type DeviceCode, IdentityProvider, type Tokens } from './identity-provider.ts'

/** The server names under which docker stores the tokens, as if they were passwords. */
const ACCESS_TOKEN_KEY = `${INDEX_SERVER}access-token`
const REFRESH_TOKEN_KEY = `${INDEX_SERVER}refresh-token`

/** Returns whether the user chose docker's older login by name and password. */
export function isWebLoginDisabled({ DOCKER_CLI_DISABLE_OAUTH_LOGIN = '' }: Cli['env']): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(DOCKER_CLI_DISABLE_OAUTH_LOGIN)
}

/**
 * Logs in to Docker Hub with a web browser.
 * @param store stores the tokens
 * @returns the credentials for the daemon; undefined if the login could not be started
 * @throws ExitStatus with docker's message if the user does not confirm the login
 */
export async function webLogin(
  cli: Cli,
  store: (auth: RegistryAuth) => Promise<void>,
): Promise<RegistryAuth | undefined> {
  const provider = new IdentityProvider(webClient(cli.env))
  const code = await provider.requestDeviceCode().catch(() => undefined)
  if (code === undefined || code.userCode === '') return undefined
  printCode(code, cli)
  const tokens = await waitForTokens(code, cli, (signal) => provider.pollTokens(code, signal))
  const { username } = tokens
  const refreshToken = `${tokens.refreshToken}..${CLIENT_ID}`
  await store({ username, password: tokens.accessToken, serveraddress: ACCESS_TOKEN_KEY })
  await store({ username, password: refreshToken, serveraddress: REFRESH_TOKEN_KEY })
  const password = await provider.createPassword(tokens).catch((error: unknown) => {
    throw new ExitStatus(1, messageOf(error))
  })
  return { username, password, serveraddress: INDEX_SERVER }
}

/** Prints docker's prompt to the byte, because scripts that drive a terminal match it. */
function printCode({ userCode, verificationUrl }: DeviceCode, { err }: Cli): void {
  const [page = ''] = verificationUrl.split('?')
  const other = `To sign in with credentials on the command line, use '${programName()} login -u <username>'`
  err.write(
    `\x1b[1m\nUSING WEB-BASED LOGIN\x1b[0m\n${note('info', [other, ''], err.isTerminal)}\n` +
      `Your one-time device confirmation code is: \x1b[1m${userCode}\n\x1b[0m` +
      `\x1b[1mPress ENTER\x1b[0m to open your browser or submit your device code here: \x1b[4m${page}\n\x1b[0m` +
      '\nWaiting for authentication in the browser…\n',
  )
}

/** Waits for the tokens. Enter opens the browser, and Ctrl-C cancels the login. */
async function waitForTokens(
  { verificationUrl }: DeviceCode,
  { in: { stream } }: Cli,
  pollTokens: (signal: AbortSignal) => Promise<Tokens>,
): Promise<Tokens> {
  const finished = new AbortController()
  const interrupted = once(process, 'SIGINT', { signal: finished.signal }).then(() => {
    throw new ExitStatus(1, 'login canceled')
  })
  const open = () => void openBrowser(verificationUrl)
  stream.once('data', open)
  try {
    return await Promise.race([pollTokens(finished.signal), interrupted])
  } catch (error) {
    if (error instanceof ExitStatus) throw error
    const step = error instanceof ClaimsError ? 'failed to parse token claims' : 'failed waiting for authentication'
    throw new ExitStatus(1, `${step}: ${messageOf(error)}`)
  } finally {
    finished.abort()
    interrupted.catch(() => {})
    stream.off('data', open).pause()
  }
}

/**
 * Erases the tokens of a web login from the credential store, and revokes them.
 * @throws Error with docker's message
 */
export async function webLogout(credentials: Credentials, env: Cli['env']): Promise<void> {
  const { password = '' } = await credentials.get(REFRESH_TOKEN_KEY)
  const [refreshToken = '', client, ...rest] = password.split('..')
  // A token in another format was stored by another program and is left alone.
  if (client === undefined || rest.length > 0) return
  try {
    await credentials.erase(ACCESS_TOKEN_KEY)
    await credentials.erase(REFRESH_TOKEN_KEY)
  } catch (error) {
    throw new Error(`failed to erase tokens: ${messageOf(error)}`)
  }
  await new IdentityProvider(webClient(env)).revoke(refreshToken).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new Error(
      `credentials erased successfully, but there was a failure to revoke the OAuth refresh token with the tenant: ${reason}`,
    )
  })
}
