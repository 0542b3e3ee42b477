import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { dockerOfBuildKit } from '../../parity/buildkit.ts'
import { referenceBuildPlugin, referenceProgram } from '../../parity/programs.ts'
import { FakeBuildKit } from '../../support/buildkit-daemon.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { cases, type IgnoreCase, makeIgnoreTree } from './ignore-tree.ts'

/**
 * Records the files that buildx sends to BuildKit under each ignore file, in `golden/dockerignore-buildkit.json`. The
 * cases are those of the classic builder.
 */
export async function record(): Promise<void> {
  const root = makeIgnoreTree()
  const home = mkdtempSync(join(tmpdir(), 'tug-record-'))
  try {
    mkdirSync(join(home, '.docker/cli-plugins'), { recursive: true })
    symlinkSync(referenceBuildPlugin(), join(home, '.docker/cli-plugins/docker-buildx'))
    const recorded: IgnoreCase[] = []
    for (const { ignore, file } of cases) {
      if (file === undefined) recorded.push(await build(ignore, root, home))
    }
    const golden = new URL('golden/dockerignore-buildkit.json', import.meta.url)
    writeFileSync(golden, `${JSON.stringify(recorded, undefined, 1)}\n`)
  } finally {
    rmSync(root, { recursive: true })
    rmSync(home, { recursive: true })
  }
}

/** Builds the context with the ignore file and returns the names of the files that were sent, or the error. */
async function build(ignore: string, root: string, home: string): Promise<IgnoreCase> {
  writeFileSync(join(root, '.dockerignore'), ignore)
  const buildkit = new FakeBuildKit({ readsContext: true })
  const daemon = new FakeDaemon({ replies: dockerOfBuildKit, buildkit })
  const host = await daemon.listen()
  try {
    const [program = '', ...leading] = referenceProgram()
    const child = spawn(program, [...leading, 'build', root], {
      env: { HOME: home, DOCKER_HOST: host, PATH: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const stderr = await text(child.stderr)
    const sent = buildkit.solves[0]?.directories.context?.map(({ path, mode }) => path + (isDirectory(mode) ? '/' : ''))
    if (sent !== undefined) return { ignore, sent }
    const [, error] = /^ERROR: failed to build: failed to solve: (.*)$/m.exec(stderr) ?? []
    if (error === undefined) throw new Error(`${JSON.stringify(ignore)}: ${stderr}`)
    return { ignore, error }
  } finally {
    buildkit.close()
    await daemon.close()
  }
}

/** Whether the highest bit of Go's file mode is set, which marks a directory. */
function isDirectory(mode: string): boolean {
  return Number.parseInt(mode, 8) >= 2 ** 31
}
