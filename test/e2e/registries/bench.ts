import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { EngineOptions } from '../../support/engines/docker-engine.ts'
import { startEngine } from '../../support/engines/start.ts'
import { mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'

/** The engines of this run that are docker's: what Podman says of registries are its own words. */
export const engineKinds = inject('engines').flatMap(({ kind }) => (kind === 'podman' ? [] : [kind]))

/** The first program at an engine of its own, and an empty directory beside. */
export interface RegistryBench {
  readonly shell: Shell
  readonly directory: string
  readonly socket: string
  close(): Promise<void>
}

export async function openRegistryBench(
  kind: EngineOptions['from'],
  options: Partial<EngineOptions> = {},
): Promise<RegistryBench> {
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

/** Makes an image with a layer of random bytes, so that no registry has it; returns the hash of its `/content`. */
export async function makeImage({ shell, directory }: RegistryBench, name: string, bytes = 600_000): Promise<string> {
  const context = join(directory, 'context')
  const content = randomBytes(bytes)
  await mkdir(context, { recursive: true })
  await writeFile(join(context, 'content'), content)
  await writeFile(join(context, 'Dockerfile'), 'FROM busybox\nCOPY content /content\n')
  await shell.succeed(`tug build -q -t ${name} .`, { cwd: context })
  return createHash('sha256').update(content).digest('hex')
}

/** The hash of an image's `/content`. */
export async function contentOf({ shell }: RegistryBench, name: string): Promise<string | undefined> {
  const line = await shell.succeed(`tug run --rm ${name} sha256sum /content`)
  return line.split(' ')[0]
}
