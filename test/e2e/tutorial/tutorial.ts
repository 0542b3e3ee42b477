import { fileURLToPath } from 'node:url'
import { EngineState } from '../../support/engine-state.ts'
import { until } from '../../support/engines/http.ts'
import type { ProvidedEngine } from '../../support/provided.ts'
import { type Program, Shell } from '../../support/run.ts'

/** The directory of the tutorial's Dockerfile. */
export const EXAMPLE = fileURLToPath(new URL('../../../examples/friendlyhello', import.meta.url))

/** One program at one engine, in the middle of the tutorial. */
export interface Tutorial {
  readonly shell: Shell
  readonly state: EngineState
  readonly engine: ProvidedEngine
}

/** What engines tell each in their own way, and a client just passes on. */
export interface Dialect {
  /** An image name as lists of images and removals show it. */
  readonly imageName: (name: string) => string
  /** An image name as lists of containers show it. */
  readonly usedImage: (name: string) => string
  /** An image id in a removal, of which `start` is known. */
  readonly deletedId: (start: string) => string
  /** How a build announces the name it gave. */
  readonly tagged: (name: string) => RegExp
  /** What the pull of an image reports. */
  readonly pulled: (image: string) => RegExp
  /** Why a push without login is refused. */
  readonly pushRefusal: RegExp
  /** The registry of `127.0.0.1:port`: podman takes plain HTTP from localhost only. */
  readonly registryHost: (host: string) => string
}

const DOCKER: Dialect = {
  imageName: (name) => name,
  usedImage: (name) => name,
  deletedId: (start) => `sha256:${start}[0-9a-f]{${64 - start.length}}`,
  // BuildKit leaves out what goes without saying.
  tagged: (name) => new RegExp(`Successfully tagged ${name}\\n|naming to \\S*/${name.replace(/:latest$/, '')}[: \\n]`),
  pulled: (image) => new RegExp(`: Pulling from [^]*\\nStatus: Downloaded newer image for ${image}\\n`),
  pushRefusal: /no basic auth credentials|unauthorized|authentication required/,
  registryHost: (host) => host,
}

const PODMAN: Dialect = {
  imageName: (name) => `docker.io/library/${name}`,
  usedImage: (name) => `${name}:latest`,
  deletedId: (start) => `${start}[0-9a-f]{${64 - start.length}}`,
  tagged: (name) => new RegExp(`Successfully tagged docker.io/library/${name}\\n`),
  pulled: () => /: Download complete\n/,
  // Podman names the reason in a field of its response that docker's client does not show.
  pushRefusal: /authentication required|500 \(Internal Server Error\)/,
  registryHost: (host) => host.replace('127.0.0.1', 'localhost'),
}

export function dialectOf(engine: ProvidedEngine): Dialect {
  return engine.kind === 'podman' ? PODMAN : DOCKER
}

/** Begins the tutorial at an engine without containers. */
export async function beginTutorial({
  program,
  engine,
}: {
  program: Program
  engine: ProvidedEngine
}): Promise<Tutorial> {
  const state = new EngineState(engine.socket)
  await state.removeContainers()
  return { shell: await Shell.open(program, { socket: engine.socket }), state, engine }
}

/** Builds the image `friendlyhello`, from the engine's cache where it can. */
export async function buildFriendlyhello({ shell }: Tutorial): Promise<void> {
  await shell.succeed('tug build -t friendlyhello .', { cwd: EXAMPLE })
}

export async function endTutorial({ shell, state }: Tutorial): Promise<void> {
  await state.removeContainers()
  await shell.close()
}

/** What a web server on this machine responses, once it does. */
export function page(port: number): Promise<string> {
  return until({
    attempt: async () => {
      const response = await get(port)
      return response.ok ? await response.text() : undefined
    },
    failure: () => `nothing answered on port ${port}`,
    timeout: 20_000,
  })
}

/** Whether anything responses on a port. */
export async function isServing(port: number): Promise<boolean> {
  return get(port).then(
    () => true,
    () => false,
  )
}

/** Podman holds a port before the container serves it: a connection of that moment is never responded. */
function get(port: number): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(3000) })
}
