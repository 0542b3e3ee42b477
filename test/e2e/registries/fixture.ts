import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineOptions } from '../../support/engines/docker-engine.ts'
import { startEngine } from '../../support/engines/start.ts'
import { engines, mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'

/** The Docker engines of this run. Podman has other messages about registries. */
export const engineKinds = engines().flatMap(({ kind }) => (kind === 'podman' ? [] : [kind]))

/** The first program under test with a separate engine and an empty directory. */
export interface RegistryFixture {
  readonly shell: Shell
  readonly directory: string
  readonly socket: string
  close(): Promise<void>
}

export async function openRegistryFixture(
  kind: EngineOptions['from'],
  options: Partial<EngineOptions> = {},
): Promise<RegistryFixture> {
  const [program] = programs
  if (program === undefined) throw new Error('no program to test')
  const engine = await startEngine({ from: kind, mirrorUrl: mirrorUrl(), downloadAttempts: 1, ...options })
  const directory = await mkdtemp(join(tmpdir(), 'tug-registries-'))
  const shell = await Shell.open(program, { socket: engine.socket, env: { DOCKER_BUILDKIT: '0' } })
  await shell.succeed('tug pull -q busybox')
  const close = async () => {
    await shell.close()
    await engine.stop()
    await rm(directory, { recursive: true })
  }
  return { shell, directory, socket: engine.socket, close }
}

/** Creates an image with a layer of random bytes, which no registry has. Returns the digest of its file `/content`. */
export async function makeImage({ shell, directory }: RegistryFixture, name: string, bytes = 600_000): Promise<string> {
  const context = join(directory, 'context')
  const content = randomBytes(bytes)
  await mkdir(context, { recursive: true })
  await writeFile(join(context, 'content'), content)
  await writeFile(join(context, 'Dockerfile'), 'FROM busybox\nCOPY content /content\n')
  await shell.succeed(`tug build -q -t ${name} .`, { cwd: context })
  return createHash('sha256').update(content).digest('hex')
}

/** Returns the digest of the file `/content` in an image. */
export async function contentOf({ shell }: RegistryFixture, name: string): Promise<string | undefined> {
  const line = await shell.succeed(`tug run --rm ${name} sha256sum /content`)
  return line.split(' ')[0]
}
