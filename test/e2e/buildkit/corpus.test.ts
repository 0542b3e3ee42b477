import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asTug } from '../../parity/compare.ts'
import { isRecording, isReference, referenceBuildPlugin } from '../../parity/programs.ts'
import { combinations } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { type BuildCase, FILE_TIME, makeOld, SERVED, writeFiles } from './corpus/case.ts'
import { contexts } from './corpus/contexts.ts'
import { failures } from './corpus/failures.ts'
import { FileServer } from './corpus/file-server.ts'
import { imageFiles, type Listing } from './corpus/files.ts'
import { language } from './corpus/language.ts'
import { type BuildOutcome, outcomeOf } from './corpus/outcome.ts'

/**
 * Whole builds on real engines, compared with those of docker and its buildx plugin on the same kind of engine: `npm
 * run record -- builds`.
 */
const corpus: readonly BuildCase[] = [...language, ...contexts, ...failures]

/** Only every fifth build is repeated with Node, because only the start of the program differs. */
const NODE_SHARE = 5

const withBuildKit = combinations().filter(({ engine }) => engine.kind !== 'podman')

describe.each(withBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  const isDocker = isReference(program.command)
  const recording = isRecording(program.command)
  const file = new URL(`corpus/golden/${engine.apiVersion}.json`, import.meta.url)
  const golden: Record<string, BuildOutcome> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  const recorded: Record<string, BuildOutcome> = {}
  let shell: Shell
  let server: FileServer
  let busybox: Listing

  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    if (isDocker) await usePlugin(shell)
    server = await FileServer.open(await served(), FILE_TIME)
    await shell.succeed('tug pull -q busybox')
    busybox = await imageFiles(engine.socket, 'busybox')
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await shell.close()
    if (recording) await writeFile(file, `${JSON.stringify(recorded, undefined, 1)}\n`)
  })

  const known = corpus.filter(({ engines = [engine.apiVersion] }) => engines.includes(engine.apiVersion))
  const chosen = program === programs[0] ? known : known.filter((_, index) => index % NODE_SHARE === 0)
  test.each(chosen)('$name', async (build) => {
    const outcome = await outcomeOf(build, { shell, socket: engine.socket, server: server.url, busybox })
    if (recording) {
      recorded[build.name] = outcome
      return
    }
    const { stderr, ...expected } = golden[build.name] ?? {}
    expect(outcome).toEqual({ ...expected, stderr: isDocker ? stderr : stderr?.map(asTug) })
  })
})

async function usePlugin(shell: Shell): Promise<void> {
  const directory = join(shell.configDirectory, 'cli-plugins')
  await mkdir(directory, { recursive: true })
  await symlink(referenceBuildPlugin(), join(directory, 'docker-buildx'))
}

/** Returns the files of the web server, including a build context. */
async function served(): Promise<Map<string, string | Buffer>> {
  const directory = await mkdtemp(join(tmpdir(), 'tug-served-'))
  try {
    await mkdir(join(directory, 'in'))
    await writeFiles(join(directory, 'in'), { Dockerfile: 'FROM scratch\nCOPY . /all/\n', a: 'a', 'd/b': 'b' })
    await makeOld(directory)
    await execa('tar', [
      '--owner=0',
      '--group=0',
      '--sort=name',
      '-C',
      join(directory, 'in'),
      '-cf',
      join(directory, 'tar'),
      '.',
    ])
    const files = new Map<string, string | Buffer>(Object.entries(SERVED))
    return files.set('/context.tar', await readFile(join(directory, 'tar')))
  } finally {
    await rm(directory, { recursive: true })
  }
}
