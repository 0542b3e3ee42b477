import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { beginTutorial, buildFriendlyhello, dialectOf, endTutorial, page, type Tutorial } from './tutorial.ts'

const HEADER = /^CONTAINER ID {3}IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\n/

/** Sorts lines, because the order depends on the engine: docker lists the newest first, podman does not. */
const sortedLines = (stdout: string) => stdout.trimEnd().split('\n').sort()

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  const dialect = dialectOf(combination.engine)
  let tutorial: Tutorial
  beforeAll(async () => {
    tutorial = await beginTutorial(combination)
    await buildFriendlyhello(tutorial)
  })
  afterEach(() => tutorial.state.removeContainers())
  afterAll(() => endTutorial(tutorial))

  /** Starts friendlyhello in the background and returns the short id. */
  async function start(options = ''): Promise<string> {
    return (await tutorial.shell.succeed(`tug run -d ${options} friendlyhello`)).slice(0, 12)
  }

  /** Starts a container and waits until it has ended. */
  async function startAndEnd(): Promise<string> {
    const id = await start()
    await tutorial.shell.succeed(`tug kill ${id}`)
    await tutorial.state.exitCode(id)
    return id
  }

  test.each(['ps', 'container ls'])('%s lists running containers', async (command) => {
    const ended = await startAndEnd()
    const port = await freePort()
    const id = await start(`-p ${port}:5000 --name hello`)
    const stdout = await tutorial.shell.succeed(`tug ${command}`)
    expect(stdout).toMatch(HEADER)
    const row = new RegExp(
      `\\n${id} {3}${dialect.usedImage('friendlyhello')} +"python app\\.py" +\\S.* ago +Up .*:${port}->5000/tcp.* hello\\n`,
    )
    expect(stdout).toMatch(row)
    expect(stdout).not.toContain(ended)
  })

  test.each(['ps -a', 'container ls -a', 'container ls --all'])('%s also lists stopped containers', async (command) => {
    const ended = await startAndEnd()
    const id = await start()
    const stdout = await tutorial.shell.succeed(`tug ${command}`)
    expect(stdout).toMatch(HEADER)
    expect(stdout).toMatch(new RegExp(`\\n${id} .* Up `))
    expect(stdout).toMatch(new RegExp(`\\n${ended} .* Exited \\(137\\) `))
    expect(stdout.split('\n')).toHaveLength(4)
  })

  test('container ls -a -q prints the short ids', async () => {
    const ids = [await startAndEnd(), await start()]
    expect(sortedLines(await tutorial.shell.succeed('tug container ls -a -q'))).toEqual(ids.sort())
  })

  test.each(['stop', 'container stop'])('%s stops a container by its short id', async (command) => {
    const port = await freePort()
    const id = await start(`-p ${port}:5000`)
    await page(port)
    const outcome = await tutorial.shell.run(`tug ${command} ${id}`)
    expect(outcome).toEqual({ stdout: `${id}\n`, stderr: '', exitCode: 0 })
    expect(await tutorial.shell.succeed('tug ps -q')).toBe('')
    expect(await tutorial.shell.succeed('tug ps -a -q')).toBe(`${id}\n`)
  })

  test('kill stops a container immediately', async () => {
    const id = await start()
    expect(await tutorial.shell.run(`tug kill ${id}`)).toEqual({ stdout: `${id}\n`, stderr: '', exitCode: 0 })
    expect(await tutorial.state.exitCode(id)).toBe(137)
  })

  test('rm removes stopped containers and refuses running ones', async () => {
    const ended = await startAndEnd()
    expect(await tutorial.shell.run(`tug rm ${ended}`)).toEqual({ stdout: `${ended}\n`, stderr: '', exitCode: 0 })
    const id = await start()
    const refused = await tutorial.shell.run(`tug rm ${id}`)
    expect(refused).toMatchObject({ stdout: '', exitCode: 1 })
    expect(refused.stderr).toMatch(/^Error response from daemon: .*/)
    expect(await tutorial.state.containers()).toHaveLength(1)
  })

  test.each(['tug rm $(tug ps -a -q)', 'tug container rm $(tug container ls -a -q)'])('%s', async (line) => {
    const ids = [await startAndEnd(), await startAndEnd(), await startAndEnd()]
    const { stdout, stderr, exitCode } = await tutorial.shell.run(line)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(sortedLines(stdout)).toEqual(ids.sort())
    expect(await tutorial.state.containers()).toEqual([])

    const nothing = await tutorial.shell.run(line)
    expect(nothing).toMatchObject({ stdout: '', exitCode: 1 })
    expect(nothing.stderr).toContain('requires at least 1 argument')
  })
})
