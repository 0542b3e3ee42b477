import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEngine } from '../../support/engines/start.ts'
import { combinations, mirrorUrl } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'

// Podman reports that it is experimental, and has other messages.
const ofDocker = combinations().filter(({ engine }) => engine.kind !== 'podman')

describe.each(ofDocker)('$program.name on $engine.name', ({ program, engine }) => {
  test('a daemon that is not experimental refuses checkpoints', async () => {
    const shell = await Shell.open(program, { socket: engine.socket })
    const { exitCode, stdout, stderr } = await shell.run('tug checkpoint list web')
    await shell.close()
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toMatch(
      /^\w+ checkpoint ls is only supported on a Docker daemon with experimental features enabled\n$/,
    )
  })
})

// Creating a checkpoint needs CRIU, which is seldom installed. The daemon can list and remove existing ones.
describe('checkpoints on an experimental engine', () => {
  let engine: Awaited<ReturnType<typeof startEngine>>
  let directory = ''

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-checkpoints-'))
    engine = await startEngine({ from: 'machine', mirrorUrl: mirrorUrl(), experimental: true })
  })
  afterAll(async () => {
    await engine?.stop()
    await rm(directory, { recursive: true })
  })

  test.each(programs)('with $name', async (program) => {
    for (const name of ['one', 'two']) {
      await mkdir(join(directory, name))
      await writeFile(join(directory, name, 'config.json'), JSON.stringify({ name, exit: true }))
    }
    const shell = await Shell.open(program, { socket: engine.socket })
    try {
      await shell.succeed('tug create --name web busybox')
      expect(await shell.succeed('tug checkpoint ls web')).toBe('CHECKPOINT NAME\n')
      const there = `--checkpoint-dir ${directory} web`
      expect(await shell.succeed(`tug checkpoint ls ${there}`)).toBe('CHECKPOINT NAME\none\ntwo\n')
      expect(await shell.succeed(`tug checkpoint rm ${there} one`)).toBe('')
      expect(await readdir(directory)).toEqual(['two'])
      expect(await shell.run(`tug checkpoint rm ${there} one`)).toEqual({
        exitCode: 1,
        stdout: '',
        stderr: 'Error response from daemon: checkpoint one does not exist for container web\n',
      })
      expect(await shell.run('tug checkpoint create web three')).toMatchObject({
        exitCode: 1,
        stdout: '',
        stderr: expect.stringMatching(/^Error response from daemon: .*web.*\n$/),
      })
      await shell.succeed(`tug checkpoint rm ${there} two`)
    } finally {
      await shell.run('tug rm -f web')
      await shell.close()
    }
  })
})
