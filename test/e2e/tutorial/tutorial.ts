import { fileURLToPath } from 'node:url'
import { EngineState } from '../../support/engine-state.ts'
import { until } from '../../support/engines/http.ts'
import type { ProvidedEngine } from '../../support/provided.ts'
import { type Program, Shell } from '../../support/run.ts'

/** The directory of the tutorial's Dockerfile. */
export const EXAMPLE = fileURLToPath(new URL('../../../examples/friendlyhello', import.meta.url))

/** One program on one engine, in the middle of the tutorial. */
export interface Tutorial {
  readonly shell: Shell
  readonly state: EngineState
  readonly engine: ProvidedEngine
}

/** Texts that differ between engines and that a client passes on. */
export interface Dialect {
  /** Returns an image name as lists of images and removals show it. */
  readonly imageName: (name: string) => string
  /** Returns an image name as lists of containers show it. */
  readonly usedImage: (name: string) => string
  /** Returns a pattern for the image id in a removal. @param start the first characters of the id */
  readonly deletedId: (start: string) => string
  /** Returns a pattern for the line with the name of a built image. */
  readonly tagged: (name: string) => RegExp
  /** Returns a pattern for the output of a pull. */
  readonly pulled: (image: string) => RegExp
  /** The error of a push without login. */
  readonly pushRefusal: RegExp
  /** Returns the name of the registry at `127.0.0.1:port`, because podman accepts plain HTTP only from localhost. */
  readonly registryHost: (host: string) => string
}

const DOCKER: Dialect = {
  imageName: (name) => name,
  usedImage: (name) => name,
  deletedId: (start) => `sha256:${start}[0-9a-f]{${64 - start.length}}`,
  // BuildKit prints the familiar name.
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
  // Podman sends the reason in a field that docker's client does not print.
  pushRefusal: /authentication required|500 \(Internal Server Error\)/,
  registryHost: (host) => host.replace('127.0.0.1', 'localhost'),
}

export function dialectOf(engine: ProvidedEngine): Dialect {
  return engine.kind === 'podman' ? PODMAN : DOCKER
}

/** Starts the tutorial on an engine without containers. */
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

/** Builds the image `friendlyhello`, with the engine's cache. */
export async function buildFriendlyhello({ shell }: Tutorial): Promise<void> {
  await shell.succeed('tug build -t friendlyhello .', { cwd: EXAMPLE })
}

export async function endTutorial({ shell, state }: Tutorial): Promise<void> {
  await state.removeContainers()
  await shell.close()
}

/** Waits for a web server on this machine and returns its page. */
export function page(port: number): Promise<string> {
  return until({
    attempt: async () => {
      const response = await get(port)
      return response.ok ? await response.text() : undefined
    },
    failure: () => `no response on port ${port}`,
    timeout: 20_000,
  })
}

/** Whether a web server responds on a port. */
export async function isServing(port: number): Promise<boolean> {
  return get(port).then(
    () => true,
    () => false,
  )
}

/**
 * Podman opens a port before the container serves it. A connection that is made too early never gets a response, so it
 * has a timeout.
 */
function get(port: number): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(3000) })
}
