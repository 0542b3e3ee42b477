import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../support/provided.ts'
import { programs } from '../../support/run.ts'
import { closeFixture, type Fixture, openFixture } from './engine.ts'

/** API versions without conditions of `wait`; before 1.25 the client removes containers. Newer engines refuse them. */
const VERSIONS = ['1.24', '1.25', '1.29', '1.30']

const onOldEngine = engines()
  .filter(({ name }) => name.includes('20.10'))
  .flatMap((engine) => programs.map((program) => ({ program, engine })))

describe.skipIf(onOldEngine.length === 0).each(onOldEngine)('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  describe.each(VERSIONS)('with API version %s', (version) => {
    const run = (line: string, input = '') =>
      fixture.shell.run(`DOCKER_API_VERSION=${version} tug ${line}`, { input, timeout: 30_000 })

    test('run --rm exits with the exit code of the container and removes it', async () => {
      const outcome = await run(`run --rm -i busybox sh -c 'cat; exit 7'`, 'hello\n')
      expect(outcome).toEqual({ exitCode: 7, stdout: 'hello\n', stderr: '' })
      expect(await fixture.state.containers()).toEqual([])
    })

    test('start -a exits with the exit code of the container and keeps it', async () => {
      await fixture.shell.succeed(`tug create --name kept busybox sh -c 'echo again; exit 3'`)
      expect(await run('start -a kept')).toEqual({ exitCode: 3, stdout: 'again\n', stderr: '' })
      expect(await fixture.state.containers()).toHaveLength(1)
    })

    test('run --rm removes a container that cannot be started', async () => {
      expect((await run('run --rm busybox nosuchprogram')).exitCode).toBe(127)
      expect(await fixture.state.containers()).toEqual([])
    })
  })
})
