import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineSockets } from '../../src/config/engine-sockets.ts'
import { homeDirectory } from '../../src/config/home-directory.ts'
import { quoteShellWord } from '../../src/domain/shell-words.ts'
import { engineObstacle } from '../../test/support/engines/obstacle.ts'
import { startEngine } from '../../test/support/engines/start.ts'
import { provideBaseImage } from './base-image.ts'
import { restoreBuildCache } from './build-cache.ts'
import type { Stage } from './stage.ts'

/** The engine that the demo uses. */
export interface DemoEngine {
  /** The host at which a port is reached that a container publishes. */
  readonly host: string
}

/**
 * Uses the engine that tug itself would use: that of DOCKER_HOST or of the current context. If the user has chosen none
 * and none responds at docker's default socket, it takes the first that responds at a usual socket of another engine,
 * else it starts a private one. Then it provides the base image of the tutorial.
 * @throws Error with one sentence that says what to do when there is no engine
 */
export async function chooseEngine(stage: Stage): Promise<DemoEngine> {
  await protectConfig(stage)
  const isHubReachable = await canReachHub()
  const chosen = await existingEngine(stage)
  if (chosen !== undefined) {
    stage.say(`using the engine at ${chosen}`)
    // Another builder would keep the image to itself.
    delete stage.env.BUILDX_BUILDER
    delete stage.env.BUILDX_CONFIG
    await restoreBuildCache(stage)
  } else {
    const obstacle = engineObstacle()
    if (obstacle !== undefined) throw new Error(withoutEngine(obstacle))
    const progress = { note: (line: string) => stage.say(line), signal: stage.interrupted }
    const engine = await startEngine({ from: 'machine', outbound: isHubReachable }, progress)
    stage.finally(() => engine.stop())
    stage.env.DOCKER_HOST = `unix://${engine.socket}`
    stage.say(`started a private engine, version ${engine.version}`)
  }
  await provideBaseImage(stage, isHubReachable)
  return { host: await remoteHost(chosen ?? '', stage) }
}

/** Returns the host of an endpoint. A host of ssh may be a name that only ssh's configuration knows. */
async function remoteHost(endpoint: string, stage: Stage): Promise<string> {
  const [, scheme, host] = /^(tcp|http|https|ssh):\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]+)/.exec(endpoint) ?? []
  if (host === undefined) return '127.0.0.1'
  if (scheme !== 'ssh') return host
  const configuration = await stage.quietly(`ssh -G -- ${quoteShellWord(host)}`)
  return /^hostname (\S+)$/m.exec(configuration ?? '')?.[1] ?? host
}

/**
 * Gives the demo its own configuration directory, so that its login does not change the user's. The user's contexts and
 * certificates stay in use.
 */
async function protectConfig(stage: Stage): Promise<void> {
  const own = process.env.DOCKER_CONFIG || join(homeDirectory(process.env), '.docker')
  const context = (await stage.quietly('tug context show'))?.trim()
  const config = await mkdtemp(join(tmpdir(), 'tug-demo-'))
  stage.finally(() => rm(config, { recursive: true, force: true }))
  await mkdir(config, { recursive: true })
  if (existsSync(join(own, 'contexts'))) await symlink(join(own, 'contexts'), join(config, 'contexts'))
  if (context && context !== 'default') {
    await writeFile(join(config, 'config.json'), JSON.stringify({ currentContext: context }))
  }
  stage.env.DOCKER_CONFIG = config
  stage.env.DOCKER_CERT_PATH ??= own
}

/**
 * Finds an engine and directs the stage's commands to it.
 * @returns its endpoint, or undefined if there is none
 * @throws Error if the user has chosen an engine that does not respond; no other one takes its place
 */
async function existingEngine(stage: Stage): Promise<string | undefined> {
  const endpoint = (await stage.quietly('tug context inspect --format {{.Endpoints.docker.Host}}'))?.trim()
  const failure = await engineFailure(stage)
  if (failure === undefined) return process.env.DOCKER_HOST || endpoint
  const context = (await stage.quietly('tug context show'))?.trim()
  if (process.env.DOCKER_HOST || context !== 'default') throw new Error(failure)
  for (const { path } of engineSockets(process.env)) {
    stage.env.DOCKER_HOST = `unix://${path}`
    if ((await engineFailure(stage)) === undefined) return stage.env.DOCKER_HOST
    delete stage.env.DOCKER_HOST
  }
  return undefined
}

/** How long an engine may take to report its version, in milliseconds. A program on its port may never respond. */
const RESPONSE_TIMEOUT_MS = 20_000

/** Returns tug's error if the engine of the stage's commands does not respond. */
async function engineFailure(stage: Stage): Promise<string | undefined> {
  const { code, stderr } = await stage.result('tug version', '', RESPONSE_TIMEOUT_MS)
  if (code === 0) return undefined
  const place = stage.env.DOCKER_HOST === undefined ? 'of the current context' : `at ${stage.env.DOCKER_HOST}`
  return stderr.trim() || `The engine ${place} did not respond within ${RESPONSE_TIMEOUT_MS / 1000} seconds.`
}

function withoutEngine(obstacle: string): string {
  if (process.platform === 'darwin') {
    return 'No Docker Engine responds: start Docker Desktop, or install one with `brew install colima docker && colima start`.'
  }
  if (existsSync('/var/run/docker.sock')) {
    return (
      'The Docker Engine at /var/run/docker.sock does not respond to you: start it with `sudo systemctl start docker`, ' +
      'or join its group with `sudo usermod -aG docker $USER` and log in again.'
    )
  }
  const isRoot = process.getuid?.() === 0
  return (
    `No Docker Engine responds, and the demo cannot start a private one, because ${obstacle}: ` +
    'install an engine (on Debian and Ubuntu: `sudo apt-get install docker.io`), or name one in DOCKER_HOST' +
    (isRoot
      ? '; a container needs `--privileged`, or the socket of its host: `-v /var/run/docker.sock:/var/run/docker.sock`.'
      : ', or run the demo as root.')
  )
}

async function canReachHub(): Promise<boolean> {
  return fetch('https://registry-1.docker.io/v2/', { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status === 401 || status === 200,
    () => false,
  )
}
