import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'

const DOTENV = `# settings
export HOST=db
URL="http://$HOST:\${PORT:-5432}/"
PASSWORD='pa$$word # 1'
KEY="one
two"
TYPED=file
`

describe.each(combinations())('--dotenv with $program.name on $engine.name', (combination) => {
  let fixture: Fixture
  let cwd = ''
  beforeAll(async () => {
    fixture = await openFixture(combination)
    cwd = await mkdtemp(join(tmpdir(), 'tug-dotenv-'))
    await writeFile(join(cwd, '.env'), DOTENV)
    await writeFile(join(cwd, 'plain.env'), 'HOST="literal"\nPLAIN="1"\n')
    await writeFile(join(cwd, 'broken.env'), 'A=1\nB="2\n')
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(async () => {
    await rm(cwd, { recursive: true })
    await closeFixture(fixture)
  })

  const PRINT = `sh -c 'printf "%s|" "$HOST" "$URL" "$PASSWORD" "$KEY" "$TYPED" "$PLAIN"'`
  const EXPECTED = 'db|http://db:5432/|pa$$word # 1|one\ntwo|flag|"1"|'
  const FLAGS = '--dotenv .env --env-file plain.env -e TYPED=flag'

  test('run, create and exec read the file, after --env-file and before -e', async () => {
    expect(await fixture.shell.succeed(`tug run --rm ${FLAGS} busybox ${PRINT}`, { cwd })).toBe(EXPECTED)
    await fixture.shell.succeed(`tug create --name job ${FLAGS} busybox ${PRINT}`, { cwd })
    expect(await fixture.shell.succeed('tug start -a job')).toBe(EXPECTED)
    await fixture.shell.succeed('tug run -d --name web busybox sleep 1000')
    expect(await fixture.shell.succeed(`tug exec ${FLAGS} web ${PRINT}`, { cwd })).toBe(EXPECTED)
  })

  test("a reference to a variable that the file does not set has the value of tug's environment", async () => {
    const line = `PORT=1 HOST=other tug run --rm ${FLAGS} busybox sh -c 'echo $URL'`
    expect(await fixture.shell.succeed(line, { cwd })).toBe('http://db:1/\n')
  })

  test('missing and broken files are errors, and nothing is created', async () => {
    for (const [file, message] of [
      ['nosuch.env', 'open nosuch.env: no such file or directory'],
      ['broken.env', 'invalid env file (broken.env): line 2: the closing " of B is missing'],
    ]) {
      const { stderr, exitCode } = await fixture.shell.run(`tug run --dotenv ${file} busybox true`, { cwd })
      expect([stderr.split('\n')[0], exitCode]).toEqual([`tug: ${message}`, 125])
    }
    expect(await fixture.shell.succeed('tug ps -aq')).toBe('')
  })
})
