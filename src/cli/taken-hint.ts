import type { ContainerSummary } from '../domain/container.ts'
import { EngineError } from '../domain/errors.ts'
import { ago } from '../format/age.ts'
import { shortId } from '../format/text.ts'
import type { Cli } from './cli.ts'
import { PROGRAM } from './usage.ts'

/** How long the daemon may take to tell who has what; a hint is not worth more. */
const PATIENCE_MS = 2000

/** docker: `name "/web" is already in use by container "1fa4…"`; podman leaves out the word and the quotes. */
const NAME_TAKEN = /container name "\/?([^"]+)" is already in use by (?:container )?"?([0-9a-f]{12,64})/

/** `Bind for 0.0.0.0:80 failed`, `listen tcp4 0.0.0.0:80: bind`, `failed to bind host port for 0.0.0.0:80:…`. */
const PORT_TAKEN =
  /(?:Bind for|listen (?:tcp|udp)\w*|bind host port(?: for)?) (\S*?):(\d+)\b.*(?:already allocated|already in use)/

/**
 * Adds to a refusal for a name or a port that is taken who has it, and what frees it. That costs a request, so it is
 * asked only where somebody reads it: on a terminal.
 * @returns the error, with a hint where there is one to give; it never fails
 */
export async function withTakenHint(error: unknown, cli: Pick<Cli, 'engine' | 'err' | 'now'>): Promise<unknown> {
  if (!(error instanceof EngineError) || !cli.err.isTerminal) return error
  const hint = await takenHint(error.message, cli).catch(() => '')
  return hint === '' ? error : new EngineError(error.message, error.statusCode, hint)
}

async function takenHint(message: string, cli: Pick<Cli, 'engine' | 'now'>): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const [, name = '', id = ''] = NAME_TAKEN.exec(message) ?? []
  if (id !== '') return nameHint(name, id, cli, signal)
  const [, address = '', port = ''] = PORT_TAKEN.exec(message) ?? []
  return port === '' ? '' : portHint(address, Number(port), cli, signal)
}

async function nameHint(
  name: string,
  id: string,
  { engine, now }: Pick<Cli, 'engine' | 'now'>,
  signal: AbortSignal,
): Promise<string> {
  const [holder] = await engine.containers.list({ all: true, size: false, filters: { id: { [id]: true } }, signal })
  if (!holder) return ''
  const isRunning = ['running', 'paused', 'restarting'].includes(holder.State ?? '')
  const isRemovedAtEnd = isRunning && (await engine.containerStreams.inspect(id, signal)).HostConfig.AutoRemove
  const steps = [
    ...(isRunning ? [`${PROGRAM} stop ${name}`] : []),
    ...(isRemovedAtEnd ? [] : [`${PROGRAM} rm ${name}`]),
  ]
  return `name "${name}" is used by container ${shortId(id)} (${stateOf(holder, now())}); free it with: ${steps.join(' && ')}`
}

/** `exited 3 days ago`, `up 2 hours`, `created 3 days ago`: the state as `ps` shows it, in the middle of a sentence. */
function stateOf({ State = '', Status = '', Created = 0 }: ContainerSummary, now: Date): string {
  if (State === 'created') return `created ${ago(Created, now.getTime())}`
  const state = Status.replace(/^Exited \(-?\d+\)/, 'exited') || State
  return state.slice(0, 1).toLowerCase() + state.slice(1)
}

async function portHint(
  address: string,
  port: number,
  { engine }: Pick<Cli, 'engine'>,
  signal: AbortSignal,
): Promise<string> {
  const running = await engine.containers.list({ all: false, size: false, filters: {}, signal })
  const names = running.filter((container) => publishes(container, address, port)).map(nameOf)
  if (names.length > 0) {
    return `port ${port} is published by ${names.join(', ')}; free it with: ${PROGRAM} stop ${names.join(' ')}`
  }
  return `no container publishes port ${port}; see which program uses it with: ss -lptun sport = :${port}`
}

function publishes({ Ports }: ContainerSummary, address: string, port: number): boolean {
  return (Ports ?? []).some(({ IP = '', PublicPort }) => PublicPort === port && overlaps(IP, address))
}

/** One address for all takes the port on every one. */
function overlaps(one: string, other: string): boolean {
  const [a, b] = [one, other].map((address) => address.replace(/^\[|\]$/g, ''))
  return a === b || [a, b].some((address) => address === '' || address === '0.0.0.0' || address === '::')
}

function nameOf({ Names, Id = '' }: ContainerSummary): string {
  const own = (Names ?? []).map((name) => name.slice(1)).find((name) => !name.includes('/'))
  return own ?? shortId(Id)
}
