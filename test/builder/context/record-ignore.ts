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
 * Records which files buildx offers to BuildKit under each ignore file, into `golden/dockerignore-buildkit.json`. The
 * cases are those of the classic builder; `REFERENCE` and `REFERENCE_BUILDX` name the programs.
 */
const root = makeIgnoreTree()
const home = mkdtempSync(join(tmpdir(), 'tug-record-'))
mkdirSync(join(home, '.docker/cli-plugins'), { recursive: true })
symlinkSync(referenceBuildPlugin(), join(home, '.docker/cli-plugins/docker-buildx'))
const recorded: IgnoreCase[] = []
try {
  for (const given of cases.filter(({ file }) => file === undefined)) recorded.push(await record(given))
  const golden = new URL('golden/dockerignore-buildkit.json', import.meta.url)
  writeFileSync(golden, `${JSON.stringify(recorded, undefined, 1)}\n`)
} finally {
  rmSync(root, { recursive: true })
  rmSync(home, { recursive: true })
}

async function record({ ignore }: IgnoreCase): Promise<IgnoreCase> {
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
    const said = await text(child.stderr)
    const sent = buildkit.solves[0]?.directories.context?.map(({ path, mode }) => path + (isDirectory(mode) ? '/' : ''))
    if (sent !== undefined) return { ignore, sent }
    const [, error] = /^ERROR: failed to build: failed to solve: (.*)$/m.exec(said) ?? []
    if (error === undefined) throw new Error(`${JSON.stringify(ignore)}: ${said}`)
    return { ignore, error }
  } finally {
    buildkit.close()
    await daemon.close()
  }
}

/** The highest bit of Go's file mode. */
function isDirectory(mode: string): boolean {
  return Number.parseInt(mode, 8) >= 2 ** 31
}
