import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { request } from '../../../support/engines/http.ts'
import type { Shell } from '../../../support/run.ts'
import { type BuildCase, makeOld, writeFiles } from './case.ts'
import { beyond, imageFiles, type Listing, resultFiles } from './files.ts'
import { normalizedOutput } from './normalize.ts'

/** The outcome of a build. */
export interface BuildOutcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: readonly string[]
  /** The image's Config and platform. */
  readonly config?: object
  /** The files of the image that busybox does not have. */
  readonly files?: Listing
  readonly result?: Listing
}

export interface ClientEnvironment {
  readonly shell: Shell
  readonly socket: string
  /** The URL of the web server. */
  readonly server: string
  readonly busybox: Listing
}

/** Runs a build in a new directory and returns its outcome. */
export async function outcomeOf(
  build: BuildCase,
  { shell, socket, server, busybox }: ClientEnvironment,
): Promise<BuildOutcome> {
  const directory = await mkdtemp(join(tmpdir(), 'tug-corpus-'))
  try {
    // With docker's plugin the daemon caches the context by the name of the directory, so it has to be a new one each
    // time.
    const cwd = join(directory, basename(directory))
    await mkdir(cwd)
    await writeFiles(cwd, build.files)
    if (build.before !== undefined) await shell.succeed(build.before, { cwd })
    await makeOld(cwd)
    const { host } = new URL(server)
    const iidFile = join(directory, 'iid')
    const outcome = await shell.run(typed(build, iidFile).replaceAll('<server>', server).replaceAll('<host>', host), {
      cwd,
    })
    const iid = await readFile(iidFile, 'utf8').catch(() => '')
    const replacements = {
      [directory]: '<directory>',
      [server]: '<server>',
      [host]: '<host>',
      [dirname(socket)]: '<engine>',
    }
    return {
      exitCode: outcome.exitCode,
      stdout: normalizedOutput(outcome.stdout, replacements).join('\n'),
      stderr: normalizedOutput(outcome.stderr, replacements),
      ...(iid === '' ? {} : { config: await configOf(socket, iid) }),
      ...(iid === '' ? {} : { files: beyond(busybox, await imageFiles(socket, iid)) }),
      ...(build.result === undefined ? {} : { result: (await resultFiles(join(cwd, build.result))) ?? {} }),
    }
  } finally {
    await rm(directory, { recursive: true })
  }
}

function typed({ stdin, env, globals = '', args = '.' }: BuildCase, iidFile: string): string {
  const writer = stdin === undefined ? '' : `${stdin} | `
  const settings = env === undefined ? '' : `${env} `
  return `${writer}${settings}tug ${globals} build --no-cache --iidfile ${iidFile} ${args}`
}

async function configOf(socketPath: string, image: string): Promise<object> {
  const { body } = await request({ socketPath, path: `/images/${image}/json` })
  const { Config, Architecture, Os, Author }: Record<string, unknown> = JSON.parse(body)
  return { Config, Architecture, Os, Author }
}
