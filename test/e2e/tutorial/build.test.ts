import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { beginTutorial, dialectOf, EXAMPLE, endTutorial, type Tutorial } from './tutorial.ts'

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  const dialect = dialectOf(combination.engine)
  let tutorial: Tutorial
  beforeAll(async () => {
    tutorial = await beginTutorial(combination)
    await tutorial.state.removeImages()
  })
  afterAll(() => endTutorial(tutorial))

  test('build -t friendlyhello . pulls the base image and builds the Dockerfile', async () => {
    const { stdout, stderr, exitCode } = await tutorial.shell.run('tug build -t friendlyhello .', { cwd: EXAMPLE })
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stdout + stderr).toMatch(/FROM (docker\.io\/library\/)?python:3\.8-slim/)
    expect(stdout + stderr).toContain('RUN pip install --trusted-host pypi.python.org -r requirements.txt')
    expect(stdout + stderr).toMatch(dialect.tagged('friendlyhello:latest'))
    const config = await tutorial.shell.succeed("tug inspect -f '{{json .Config}}' friendlyhello")
    expect(JSON.parse(config)).toMatchObject({
      Cmd: ['python', 'app.py'],
      Env: expect.arrayContaining(['NAME=World']),
      ExposedPorts: { '5000/tcp': {} },
      WorkingDir: '/app',
    })
  })

  test('build . --tag=friendlyhello:v0.1 gives the image a tag', async () => {
    const { stdout, stderr, exitCode } = await tutorial.shell.run('tug build . --tag=friendlyhello:v0.1', {
      cwd: EXAMPLE,
    })
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stdout + stderr).toMatch(dialect.tagged('friendlyhello:v0.1'))
    expect(await tutorial.state.imageNames()).toEqual(
      expect.arrayContaining(['friendlyhello:latest', 'friendlyhello:v0.1'].map(dialect.imageName)),
    )
  })

  test('build fails when a step fails', async () => {
    const { stdout, stderr, exitCode } = await tutorial.shell.run('tug build -t broken -f - .', {
      cwd: EXAMPLE,
      input: 'FROM python:3.8-slim\nRUN exit 3\n',
    })
    // The exit code of the step with the classic builder, 1 with BuildKit and podman.
    expect(exitCode).toBeOneOf([1, 3])
    expect(stdout + stderr).toContain('exit 3')
    expect(await tutorial.state.imageNames()).not.toContain(dialect.imageName('broken:latest'))
  })
})
