import { request } from '../../support/engines/http.ts'
import type { EngineKind } from '../../support/engines/kinds.ts'
import { startEngine } from '../../support/engines/start.ts'
import { freePort } from '../../support/ports.ts'
import { engines, mirrorUrl } from '../../support/provided.ts'

/** The engines under test that can be a swarm. Each test file starts its own, because a swarm changes an engine. */
export const swarmEngines = engines().flatMap(({ kind, name }) => (kind === 'podman' ? [] : [{ kind, name }]))

/** Starts an engine that is the manager of a swarm of one node. */
export async function startSwarm(from: Exclude<EngineKind, 'podman'>): ReturnType<typeof startEngine> {
  const engine = await startEngine({ from, mirrorUrl: mirrorUrl() })
  const spec = {
    ListenAddr: `127.0.0.1:${await freePort()}`,
    AdvertiseAddr: '127.0.0.1',
    DataPathPort: await freePort(),
  }
  const headers = { 'Content-Type': 'application/json' }
  const call = { socketPath: engine.socket, method: 'POST', path: '/swarm/init', headers }
  const response = await request(call, JSON.stringify(spec))
  if (response.status === 200) return engine
  await engine.stop()
  throw new Error(`the engine makes no swarm: ${response.body}`)
}
