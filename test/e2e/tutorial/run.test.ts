import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../support/ports.ts'
import { combinations } from '../../support/provided.ts'
import { beginTutorial, buildFriendlyhello, endTutorial, isServing, page, type Tutorial } from './tutorial.ts'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  let tutorial: Tutorial
  let port: number
  beforeAll(async () => {
    tutorial = await beginTutorial(combination)
    await buildFriendlyhello(tutorial)
  })
  beforeEach(async () => {
    port = await freePort()
  })
  afterEach(() => tutorial.state.removeContainers())
  afterAll(() => endTutorial(tutorial))

  test('run -p 4000:5000 friendlyhello serves its page until Ctrl-C ends it', async () => {
    const terminal = tutorial.shell.terminal(`tug run -p ${port}:5000 friendlyhello`)
    try {
      expect(await page(port)).toContain('Hello World!')
      await terminal.waitFor('"GET / HTTP/1.1" 200')
      terminal.type('\x03')
      expect((await terminal.exit()).exitCode).toBe(0)
    } finally {
      await terminal.close()
    }
    expect(await isServing(port)).toBe(false)
    const status = await tutorial.shell.succeed("tug ps -a --format '{{.Image}} {{.Status}}'")
    expect(status).toMatch(/^friendlyhello(:latest)? Exited \(0\) .* ago\n$/)
  })

  test('run -d -p 4000:5000 friendlyhello prints the id and serves in the background', async () => {
    const { stdout, stderr, exitCode } = await tutorial.shell.run(`tug run -d -p ${port}:5000 friendlyhello`)
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toMatch(/^[0-9a-f]{64}\n$/)
    const response = await page(port)
    expect(response).toContain('Hello World!')
    expect(response).toContain(stdout.slice(0, 12))
    expect(response).toContain('cannot connect to Redis')
  })
})
