import { once } from 'node:events'
import type { Cli } from '../../../cli/cli.ts'
import type { Credentials } from '../../../config/credentials.ts'
import { ExitStatus, messageOf } from '../../../domain/errors.ts'
import { INDEX_SERVER, type RegistryAuth } from '../../../domain/registry/registry.ts'
import { note } from '../../../format/text/notices.ts'
import { webClient } from '../../../registry/http-client.ts'
import { openBrowser } from './browser.ts'
import { CLIENT_ID, ClaimsError, type DeviceCode, Tenant, type Tokens } from './tenant.ts'

/** Where docker keeps the tokens, as if they were passwords. */
const ACCESS_TOKEN_KEY = `${INDEX_SERVER}access-token`
const REFRESH_TOKEN_KEY = `${INDEX_SERVER}refresh-token`

/** Whether a person asked for the login by name and password that docker had before. */
export function isWebLoginDisabled({ DOCKER_CLI_DISABLE_OAUTH_LOGIN = '' }: Cli['env']): boolean {
  return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(DOCKER_CLI_DISABLE_OAUTH_LOGIN)
}

/**
 * Logs in to Docker Hub with a web browser.
 * @param keep keeps the tokens
 * @returns what the engine logs in with; undefined when the login could not even begin
 * @throws ExitStatus with docker's words when the person does not log in
 */
export async function webLogin(
  cli: Cli,
  keep: (auth: RegistryAuth) => Promise<void>,
): Promise<RegistryAuth | undefined> {
  const tenant = new Tenant(webClient(cli.env))
  const code = await tenant.deviceCode().catch(() => undefined)
  if (code === undefined || code.userCode === '') return undefined
  showCode(code, cli)
  const tokens = await whileBrowserMayOpen(code, cli, (signal) => tenant.tokens(code, signal))
  const { username } = tokens
  const refreshToken = `${tokens.refreshToken}..${CLIENT_ID}`
  await keep({ username, password: tokens.accessToken, serveraddress: ACCESS_TOKEN_KEY })
  await keep({ username, password: refreshToken, serveraddress: REFRESH_TOKEN_KEY })
  const password = await tenant.password(tokens).catch((error: unknown) => {
    throw new ExitStatus(1, messageOf(error))
  })
  return { username, password, serveraddress: INDEX_SERVER }
}

/** docker's words: people know what to do with them, and so do scripts that drive a terminal. */
function showCode({ userCode, verificationUrl }: DeviceCode, { err }: Cli): void {
  const [page = ''] = verificationUrl.split('?')
  const other = "To sign in with credentials on the command line, use 'tug login -u <username>'"
  err.write(
    `\x1b[1m\nUSING WEB-BASED LOGIN\x1b[0m\n${note('info', [other, ''], err.isTerminal)}\n` +
      `Your one-time device confirmation code is: \x1b[1m${userCode}\n\x1b[0m` +
      `\x1b[1mPress ENTER\x1b[0m to open your browser or submit your device code here: \x1b[4m${page}\n\x1b[0m` +
      '\nWaiting for authentication in the browser…\n',
  )
}

/** Waits for the tokens; Enter opens the browser, and Ctrl-C ends the wait. */
async function whileBrowserMayOpen(
  { verificationUrl }: DeviceCode,
  { in: { stream } }: Cli,
  ask: (signal: AbortSignal) => Promise<Tokens>,
): Promise<Tokens> {
  const over = new AbortController()
  const interrupted = once(process, 'SIGINT', { signal: over.signal }).then(() => {
    throw new ExitStatus(1, 'login canceled')
  })
  const open = () => void openBrowser(verificationUrl)
  stream.once('data', open)
  try {
    return await Promise.race([ask(over.signal), interrupted])
  } catch (error) {
    if (error instanceof ExitStatus) throw error
    const step = error instanceof ClaimsError ? 'failed to parse token claims' : 'failed waiting for authentication'
    throw new ExitStatus(1, `${step}: ${messageOf(error)}`)
  } finally {
    over.abort()
    interrupted.catch(() => {})
    stream.off('data', open).pause()
  }
}

/**
 * Forgets the tokens of a login with a web browser, and makes them worthless.
 * @throws Error with docker's words; what could be erased is erased
 */
export async function webLogout(credentials: Credentials, env: Cli['env']): Promise<void> {
  const { password = '' } = await credentials.get(REFRESH_TOKEN_KEY)
  const [refreshToken = '', client, ...rest] = password.split('..')
  // A token that another program put there is not ours to touch.
  if (client === undefined || rest.length > 0) return
  try {
    await credentials.erase(ACCESS_TOKEN_KEY)
    await credentials.erase(REFRESH_TOKEN_KEY)
  } catch (error) {
    throw new Error(`failed to erase tokens: ${messageOf(error)}`)
  }
  await new Tenant(webClient(env)).revoke(refreshToken).catch((error: unknown) => {
    const reason = messageOf(error)
    throw new Error(
      `credentials erased successfully, but there was a failure to revoke the OAuth refresh token with the tenant: ${reason}`,
    )
  })
}
