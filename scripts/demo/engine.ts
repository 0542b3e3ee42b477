import { mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineResponses } from '../../test/support/engines/docker-engine.ts'
import { startEngine, startMirror } from '../../test/support/engines/start.ts'
import type { Stage } from './stage.ts'

const DEFAULT_SOCKET = '/var/run/docker.sock'
const BASE_IMAGE = 'python:3.8-slim'

/** The engine that the demo uses. */
export interface DemoEngine {
  /** Whether it runs on this machine and can reach a registry on 127.0.0.1. */
  readonly isLocal: boolean
}

/**
 * Uses the engine of DOCKER_HOST, else the one at the default socket, else starts a private one. The base image comes
 * from Docker Hub, or from a local registry when Docker Hub cannot be reached.
 */
export async function chooseEngine(stage: Stage): Promise<DemoEngine> {
  const config = await mkdtemp(join(tmpdir(), 'tug-demo-'))
  stage.finally(() => rm(config, { recursive: true, force: true }))
  stage.env.DOCKER_CONFIG = config
  stage.env.DOCKER_CERT_PATH ??= process.env.DOCKER_CONFIG ?? join(homedir(), '.docker')
  const progress = { note: (line: string) => stage.say(line), signal: stage.interrupted }
  const hub = await isHubReachable()
  const mirror = async () => {
    stage.say('Docker Hub cannot be reached: taking the base image from a registry on this machine')
    const started = await startMirror(progress)
    stage.finally(() => started.stop())
    return started.url
  }

  const host = process.env.DOCKER_HOST
  if (host || (await engineResponses(DEFAULT_SOCKET))) {
    stage.say(`using the engine at ${host || DEFAULT_SOCKET}`)
    // The classic builder leaves no build cache behind in the user's engine.
    stage.env.DOCKER_BUILDKIT = '0'
    if ((await stage.quietly(`tug image inspect ${BASE_IMAGE}`)) === undefined) {
      stage.finally(() => stage.quietly(`tug rmi ${BASE_IMAGE}`))
      if (!hub) {
        const source = `${new URL(await mirror()).host}/library/${BASE_IMAGE}`
        stage.finally(() => stage.quietly(`tug rmi ${source}`))
        await stage.run(`tug pull ${source}`)
        await stage.run(`tug tag ${source} ${BASE_IMAGE}`)
      }
    }
    return { isLocal: !host || host.startsWith('unix://') }
  }

  const engine = await startEngine(
    hub ? { from: 'machine', outbound: true } : { from: 'machine', mirrorUrl: await mirror() },
    progress,
  )
  stage.finally(() => engine.stop())
  stage.env.DOCKER_HOST = `unix://${engine.socket}`
  stage.say(`started a private engine, version ${engine.version}`)
  return { isLocal: true }
}

async function isHubReachable(): Promise<boolean> {
  return fetch('https://registry-1.docker.io/v2/', { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status === 401 || status === 200,
    () => false,
  )
}
