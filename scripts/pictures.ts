import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { EngineState } from '../test/support/engine-state.ts'
import { command } from '../test/support/engines/command.ts'
import { startEngine, startMirror } from '../test/support/engines/start.ts'
import { Terminal } from '../test/support/terminal.ts'
import { SCENES, type Scene } from './pictures/scenes.ts'
import { drawScreen } from './pictures/svg.ts'

/**
 * Makes the README's pictures from sessions of `dist/tug` with a real engine on a terminal: `npm run pictures`. It needs
 * root, as the end-to-end tests do.
 */
const ROOT = join(import.meta.dirname, '..')

/**
 * The arguments of unshare that run a shell script (`$2`) in a mount namespace in which the engine's socket (`$1`) is at
 * docker's default place.
 */
const AT_DEFAULT_SOCKET = [
  ...['--mount', '--propagation', 'private', '--', 'sh', '-euc'],
  'mount -t tmpfs tmpfs /run; touch /run/docker.sock; mount --bind "$1" /run/docker.sock; exec sh -c "$2"',
  'sh',
]

/** Plays a scene on the engine at `socket`, which it empties before, and returns the picture. */
export async function playScene(scene: Scene, socket: string): Promise<string> {
  const state = new EngineState(socket)
  const directory = await mkdtemp(join(tmpdir(), 'tug-picture-'))
  const { NO_COLOR: _, ...inherited } = process.env
  const env = {
    ...inherited,
    DOCKER_HOST: `unix://${socket}`,
    DOCKER_CONFIG: join(directory, 'config'),
    PATH: [join(ROOT, 'dist'), process.env.PATH].join(delimiter),
    TERM: 'xterm-256color',
  }
  const work = join(directory, 'work')
  await mkdir(work)
  for (const [name, text] of Object.entries(scene.files ?? {})) await writeFile(join(work, name), text)
  const runQuietly = (script: string) =>
    command('env', [...Object.entries(env).map(([name, value]) => `${name}=${value}`), 'sh', '-c', script])
  const empty = async () => {
    await state.removeContainers()
    await state.removeImages()
    await runQuietly('tug volume prune -af && tug network prune -f')
  }
  try {
    await empty()
    await runQuietly(scene.prepare.map((line) => `${line} || true`).join('\n'))
    const shown = scene.commands.map((line) => `printf '\\033[1m$ %s\\033[22m\\n' '${line}'\n${line}`).join('\necho\n')
    const options = { columns: scene.columns, rows: 40, cwd: work, env }
    const script = `unset DOCKER_HOST\n${shown}\nsleep 100`
    const terminal = Terminal.open('unshare', [...AT_DEFAULT_SOCKET, socket, script], options)
    try {
      await terminal.waitFor(scene.until, 60_000)
      return drawScreen(terminal.styledScreen(), scene.title)
    } finally {
      await terminal.close()
    }
  } finally {
    await empty()
    await rm(directory, { recursive: true, force: true })
  }
}

/** The path of a scene's picture. */
export function picturePath({ name }: Scene): string {
  return join(ROOT, 'docs/pictures', `${name}.svg`)
}

/**
 * Returns the texts of a picture with their colors, without what differs from run to run: ids, times, and the positions
 * that follow from their lengths.
 */
export function textsOf(picture: string): string[] {
  return [...picture.matchAll(/<text[^>]* fill="([^"]*)"[^>]*>([^<]*)/g)].map(
    ([, color, text = '']) => `${color} ${text.replace(/\b[0-9a-f]{6,64}\b/g, 'ID').replace(/\d+/g, '0')}`,
  )
}

if (import.meta.main) {
  const mirror = await startMirror()
  const engine = await startEngine({ from: 'trixie', mirrorUrl: mirror.url })
  try {
    for (const scene of SCENES) {
      const picture = await playScene(scene, engine.socket)
      const path = picturePath(scene)
      const before = await readFile(path, 'utf8').catch(() => '')
      // A picture that shows the same is kept, so that it changes only when tug does.
      if (!isDeepStrictEqual(textsOf(before), textsOf(picture))) await writeFile(path, picture)
    }
  } finally {
    await engine.stop()
    await mirror.stop()
  }
}
