import type { Cli } from '../../cli/cli.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { programName } from '../../cli/program-name.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { canonicalString, parseReference } from '../../domain/image/reference.ts'
import type { PluginPrivilege } from '../../domain/plugin/engine-plugin.ts'
import { PluginApi, type RemotePlugin } from '../../engine/api/plugins.ts'
import { makeVisible } from '../../format/text/visible.ts'
import { registryAuthFor } from '../registry/registry-auth.ts'

/**
 * Finds out what a plugin in a registry requests, and asks whether it may have it.
 * @param typed the plugin's reference, which is in the question
 * @param isGranted whether everything is granted without a question
 * @throws ExitStatus with docker's message if it is denied; EngineError
 */
export async function grantPrivileges(typed: string, isGranted: boolean, cli: Cli): Promise<RemotePlugin> {
  const reference = parseReference(typed)
  const remote = canonicalString(reference)
  const auth = await registryAuthFor(reference, cli)
  const privileges = await new PluginApi(cli.engine.connection).privileges({ remote, auth })
  const isAsking = !isGranted && privileges !== null && privileges.length > 0
  if (isAsking && !(await confirmPrivileges(typed, privileges, cli))) {
    throw new ExitStatus(1, `permission denied while installing plugin ${remote}`)
  }
  return { remote, auth, privileges }
}

/**
 * Sends a request for a plugin, and adds docker's advice to the daemon's error for an image.
 * @param sign the part of the daemon's message that tells it from others
 * @param quote what docker puts around the advised command
 */
export async function adviseForImage<T>(sign: string, quote: '"' | '`', request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    if (!(error instanceof EngineError && error.message.includes(sign))) throw error
    throw new EngineError(`${error.message} - Use ${quote}${programName()} image pull${quote}`, error.statusCode)
  }
}

function confirmPrivileges(typed: string, privileges: readonly PluginPrivilege[], cli: Cli): Promise<boolean> {
  cli.out.write(describePrivileges(typed, privileges, cli.out.isTerminal))
  return confirm('Do you grant the above permissions?', cli)
}

/**
 * Lists what a plugin requests, as docker does. On a terminal, control characters are escaped, because the plugin's author
 * could hide lines with them.
 */
export function describePrivileges(typed: string, privileges: readonly PluginPrivilege[], isTerminal: boolean): string {
  const lines = privileges.map(({ Name, Value }) => ` - ${Name}: [${(Value ?? []).join(' ')}]`)
  const shown = isTerminal ? lines.map(makeVisible) : lines
  return [`Plugin ${goQuote(typed)} is requesting the following privileges:`, ...shown, ''].join('\n')
}
