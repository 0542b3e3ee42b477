import { totalmem } from 'node:os'
import type { TestProject } from 'vitest/node'
import { ENGINE_KINDS, type EngineKind } from './engines/kinds.ts'
import { type Running, startEngine, startMirror, startPodman, startRegistry } from './engines/start.ts'
import { listedServices } from './listed-services.ts'
import type { ProvidedEngine, ProvidedServices } from './provided.ts'
import { WORKERS } from './workers.ts'

/** What an engine may take when it keeps its data in memory, in bytes. The suites leave about a tenth of it in an engine. */
const MEMORY_OF_ENGINE = 2 * 1024 ** 3

const ACCOUNT = { user: 'gordon', password: 'a turtle of few words' }

/**
 * Starts the engines and registries of the end-to-end suites, a set for each worker, and provides their addresses.
 * `TUG_ENGINES` selects the engines: names of ENGINE_KINDS separated by commas, by default the machine's own and Debian trixie's.
 * With `none` nothing is started, and the tests can only be listed.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.TUG_ENGINES === 'none') {
    project.provide('services', [listedServices()])
    project.provide('mirrorUrl', '')
    return async () => undefined
  }
  const running: Running<object>[] = []
  const inMemory = totalmem() >= WORKERS * chosenEngines().length * MEMORY_OF_ENGINE
  const stop = async () => {
    await Promise.all(running.splice(0).map((each) => each.stop()))
  }
  const provideEngine = async (kind: EngineKind, mirrorUrl: string, registryHost: string): Promise<ProvidedEngine> => {
    const engine = await track(
      kind === 'podman'
        ? startPodman({ mirrorUrl, plainRegistries: [registryHost.replace('127.0.0.1', 'localhost')] })
        : startEngine({ from: kind, mirrorUrl, inMemory }),
    )
    const name = `${kind === 'podman' ? 'podman' : 'engine'} ${engine.version}`
    return { name, kind, socket: engine.socket, apiVersion: engine.apiVersion }
  }
  const track = async <T extends object>(start: Promise<Running<T>>): Promise<Running<T>> => {
    const started = await start
    running.push(started)
    return started
  }
  try {
    const mirror = await track(startMirror())
    const services = await Promise.all(
      Array.from({ length: WORKERS }, async (): Promise<ProvidedServices> => {
        const registry = await track(startRegistry({ account: ACCOUNT }))
        const engines = []
        for (const kind of chosenEngines()) engines.push(await provideEngine(kind, mirror.url, registry.host))
        return { engines, registry: { host: registry.host, ...ACCOUNT } }
      }),
    )
    project.provide('services', services)
    project.provide('mirrorUrl', mirror.url)
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

function chosenEngines(): EngineKind[] {
  const chosen = (process.env.TUG_ENGINES ?? 'machine,trixie').split(',')
  const kinds = ENGINE_KINDS.filter((kind) => chosen.includes(kind))
  if (kinds.length !== chosen.length) throw new Error(`TUG_ENGINES takes ${ENGINE_KINDS.join(', ')}`)
  return kinds
}
