import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Running, startEngine } from '../../support/engines/start.ts'
import { combinations, mirrorUrl } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'

/** Podman has no BuildKit. */
const withBuildKit = combinations().filter(({ engine }) => engine.kind !== 'podman')

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-stores-'))
  await mkdir(join(directory, 'context'))
})
afterEach(() => rm(directory, { recursive: true }))

async function writeDockerfile(...lines: readonly string[]): Promise<void> {
  await writeFile(join(directory, 'context/Dockerfile'), `${lines.join('\n')}\n`)
}

/** Writes a blob to an OCI layout. */
async function putBlob(layout: string, text: string): Promise<{ digest: string; size: number }> {
  const hex = createHash('sha256').update(text).digest('hex')
  await mkdir(join(directory, layout, 'blobs/sha256'), { recursive: true })
  await writeFile(join(directory, layout, 'blobs/sha256', hex), text)
  return { digest: `sha256:${hex}`, size: text.length }
}

async function blobNames(layout: string): Promise<string[]> {
  return (await readdir(join(directory, layout, 'blobs/sha256'))).sort()
}

async function indexOf(layout: string): Promise<{ manifests: { digest: string; annotations: object }[] }> {
  return JSON.parse(await readFile(join(directory, layout, 'index.json'), 'utf8'))
}

/** Returns the steps that a build took from the cache. */
function cachedSteps(stderr: string): string[] {
  return [...stderr.matchAll(/^#(\d+) CACHED$/gm)].flatMap(([, number]) => {
    const name = new RegExp(`^#${number} (\\[.*)$`, 'm').exec(stderr)?.[1]
    return name === undefined ? [] : [name]
  })
}

const unique = () => `${process.pid}-${performance.now()}`

describe.each(withBuildKit)('$program.name on $engine.name', ({ program, engine }) => {
  let shell: Shell
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    await shell.succeed('tug pull -q busybox')
  })
  afterAll(() => shell.close())

  test('an empty cache directory', async () => {
    const config = { mediaType: 'application/vnd.buildkit.cacheconfig.v0', ...(await putBlob('cache', '{}')) }
    const type = 'application/vnd.oci.image.manifest.v1+json'
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config, layers: [] })
    const { digest } = await putBlob('cache', manifest)
    await writeDockerfile('FROM busybox', `RUN echo ${unique()}`)
    const { exitCode, stderr } = await shell.run(
      `tug build --cache-from type=local,src=${directory}/cache,digest=${digest} ${directory}/context`,
    )
    expect(stderr).toMatch(/importing cache manifest from local:\d+/)
    expect(stderr).not.toMatch(/ERROR/)
    expect(exitCode).toBe(0)
  })

  test('a cache directory without one of its blobs is ignored', async () => {
    await writeDockerfile('FROM busybox', `RUN echo ${unique()}`)
    const digest = `sha256:${'1'.repeat(64)}`
    const { exitCode, stderr } = await shell.run(
      `tug build --cache-from type=local,src=${directory}/context,digest=${digest} ${directory}/context`,
    )
    expect(stderr).toMatch(/importing cache manifest from local:\d+/)
    expect(stderr).toContain(`content ${digest}: not found`)
    expect(exitCode).toBe(0)
  })
})

/** Only engines with containerd's image store can use images of OCI layouts and export caches. */
describe.each(
  withBuildKit.filter(({ engine }) => engine.kind !== 'machine'),
)("$program.name on $engine.name with containerd's store", ({ program, engine: { kind, socket: usualSocket } }) => {
  let engine: Running<{ socket: string }>
  let shell: Shell
  beforeAll(async () => {
    if (kind === 'podman' || kind === 'machine') throw new Error(`${kind} has no such store`)
    engine = await startEngine({ from: kind, mirrorUrl: mirrorUrl(), containerdStore: true })
    shell = await Shell.open(program, { socket: engine.socket })
  })
  afterAll(async () => {
    await shell.close()
    await engine.stop()
  })

  const build = (args: string) => shell.run(`tug build ${args} context`, { cwd: directory })
  const succeed = async (args: string) => {
    const { stdout, stderr, exitCode } = await build(args)
    expect(exitCode, stderr).toBe(0)
    return { stdout, stderr }
  }
  const forget = () => shell.succeed('tug builder prune -af')
  const unpack = async (layout: string) => {
    await mkdir(join(directory, layout))
    await shell.succeed(`tar -xf ${layout}.tar -C ${layout}`, { cwd: directory })
  }

  test('an exported image can be a base image', async () => {
    const layer = unique()
    await writeDockerfile('FROM busybox', `RUN echo ${layer} > /layer`)
    await succeed('-o type=oci,dest=made.tar')
    await unpack('made')
    await forget()
    await writeDockerfile('FROM base AS run', 'RUN cat /layer > /copied', 'FROM scratch', 'COPY --from=run /copied /')
    await succeed('--build-context base=oci-layout://made -o out')
    expect(await readFile(join(directory, 'out/copied'), 'utf8')).toBe(`${layer}\n`)
    const [made] = (await indexOf('made')).manifests
    await succeed(`--build-context base=oci-layout://made@${made?.digest} -o other`)
    expect(await readFile(join(directory, 'other/copied'), 'utf8')).toBe(`${layer}\n`)
  })

  test('an image without one of its blobs', async () => {
    const lost = `sha256:${createHash('sha256').update(unique()).digest('hex')}`
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: lost, size: 100 }
    const mediaType = 'application/vnd.oci.image.manifest.v1+json'
    const { digest } = await putBlob('made', JSON.stringify({ schemaVersion: 2, mediaType, config, layers: [] }))
    await writeDockerfile('FROM scratch', 'COPY --from=base /Dockerfile /copied')
    const { exitCode, stderr } = await build(`--build-context base=oci-layout://made@${digest} -o out`)
    expect(stderr).toContain(`content ${lost}: not found`)
    expect(exitCode).toBe(1)
  })

  test('an exported cache is used by both image stores and can be overwritten', async () => {
    await writeDockerfile('FROM busybox', 'COPY Dockerfile /', `RUN echo ${unique()} && date +%s > /made`)
    const steps = [expect.stringMatching(/^\[2\/3\] COPY/), expect.stringMatching(/^\[3\/3\] RUN/)]
    const { stdout: id } = await succeed('-q --provenance=false --cache-to type=local,dest=cache,mode=max')
    const before = await blobNames('cache')
    expect(await readdir(join(directory, 'cache/ingest'))).toEqual([])

    await forget()
    const again = await succeed('--cache-from type=local,src=cache --cache-to type=local,dest=cache,mode=max,tag=two')
    expect(cachedSteps(again.stderr)).toEqual(expect.arrayContaining(steps))
    const { manifests } = await indexOf('cache')
    expect(manifests.map(({ annotations }) => annotations)).toEqual([
      { 'org.opencontainers.image.ref.name': 'latest' },
      { 'org.opencontainers.image.ref.name': 'two' },
    ])
    expect(await blobNames('cache')).toEqual(expect.arrayContaining(before))

    await forget()
    const { stdout } = await succeed('-q --provenance=false --cache-from type=local,src=cache,tag=two')
    expect(stdout).toBe(id)

    const usual = await Shell.open(program, { socket: usualSocket })
    try {
      const { stderr } = await usual.run('tug build --cache-from type=local,src=cache context', { cwd: directory })
      expect(cachedSteps(stderr)).toEqual(expect.arrayContaining(steps))
    } finally {
      await usual.close()
    }
  })

  test('images have provenance attestations', async () => {
    await writeDockerfile('FROM busybox', `RUN echo ${unique()}`)
    expect((await succeed('')).stderr).toContain('exporting attestation manifest sha256:')
    expect((await succeed('--provenance=false')).stderr).not.toContain('attestation')
  })
})
