import { argv, stdin, stdout } from 'node:process'
import type { Keeping } from './keeping.ts'
import { SERVICES, type ServiceName } from './services.ts'
import { openWorkspace, removeWorkspace } from './workspace.ts'

/**
 * A process that runs one service and stops it completely when stdin ends, because `stop()` was called or because the
 * parent died, however suddenly. It has its own session, so that a terminal's Ctrl-C does not reach it.
 *
 * It writes lines of JSON: `{"note": …}` any number of times, then `{"ready": <address>}` or `{"failed": <reason>}`.
 */
const send = (line: object) => stdout.write(`${JSON.stringify(line)}\n`)

/** Writing fails when the parent has died, but the cleanup has to go on. */
stdout.on('error', () => undefined)
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => stdin.destroy())

const workspace = await openWorkspace()
const stops: (() => Promise<void>)[] = []
const keeping: Keeping = {
  workspace,
  note: (note) => send({ note }),
  onStop: (stop) => stops.push(stop),
}

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  const failures: unknown[] = []
  for (const each of stops.reverse()) await each().catch((error) => failures.push(error))
  await removeWorkspace(workspace).catch((error) => failures.push(error))
  for (const failure of failures) process.stderr.write(`cleaning up: ${failure}\n`)
  // This also ends a start that has not finished: what it launched dies with this process.
  process.exit(failures.length === 0 ? 0 : 1)
}

stdin.resume()
stdin.on('close', () => void stop())

try {
  const { service, options }: { service: ServiceName; options: never } = JSON.parse(argv[2] ?? '')
  send({ ready: await SERVICES[service](options, keeping) })
} catch (error) {
  send({ failed: error instanceof Error ? error.message : String(error) })
  await stop()
}
