import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations, oneCombination } from '../../support/provided.ts'
import { closeFixture, type Fixture, openFixture } from '../attach/engine.ts'
import { RunningProgram } from './program.ts'

const SIZE = 64 * 2 ** 20
const MEMORY_LIMIT = 150 * 2 ** 20
const FRAMES = 400_000

describe.each(combinations())('$program.name on $engine.name', (combination) => {
  const bytes = randomBytes(SIZE)
  const hash = createHash('sha256').update(bytes).digest('hex')
  let fixture: Fixture
  let file = ''
  beforeAll(async () => {
    fixture = await openFixture(combination)
    file = join(fixture.shell.configDirectory, '..', 'bytes')
    await writeFile(file, bytes)
  })
  afterEach(() => fixture.state.removeContainers())
  afterAll(() => closeFixture(fixture))

  test.each([
    ['a quick reader', 'sha256sum'],
    // It reads a sixteenth at a time, with pauses, although the container has already written everything.
    ['a slow reader', '(for n in 1 2 3 4 5 6 7 8; do sleep 0.2; head -c 4194304; done; cat) | sha256sum'],
  ])('copies 64 MB through a container to %s in less than 150 MB of memory', async (_, reader) => {
    const result = `${file}.result`
    await fixture.shell.succeed(`rm -f ${file}.pipe; mkfifo ${file}.pipe`)
    const reading = fixture.shell.succeed(`(${reader}) <${file}.pipe >${result}`, { timeout: 100_000 })
    const line = `tug run -i --rm --log-driver none busybox cat <${file} >${file}.pipe`
    await using program = new RunningProgram(fixture.shell, line)
    await program.sampleMemory()
    expect(await program.ending(100_000)).toEqual({ stdout: '', stderr: '', exitCode: 0 })
    await reading
    expect(await fixture.shell.succeed(`cat ${result}`)).toBe(`${hash}  -\n`)
    expect(program.peakMemory).toBeGreaterThan(0)
    expect(program.peakMemory).toBeLessThan(MEMORY_LIMIT)
  })

  test('copies 400,000 small frames in order', async () => {
    const script = `i=0; while [ $i -lt ${FRAMES} ]; do echo $i; i=$((i+1)); done`
    const expected = createHash('sha256')
    for (let i = 0; i < FRAMES; i++) expected.update(`${i}\n`)
    const line = `tug run --rm --log-driver none busybox sh -c '${script}' | sha256sum`
    expect(await fixture.shell.succeed(line, { timeout: 100_000 })).toBe(`${expected.digest('hex')}  -\n`)
  })
})

describe.each(oneCombination())('$program.name on $engine.name', (combination) => {
  let fixture: Fixture
  beforeAll(async () => {
    fixture = await openFixture(combination)
  })
  afterAll(() => closeFixture(fixture))

  test('loses no output and no exit code of 200 runs, 20 at a time', { timeout: 300_000 }, async () => {
    const directory = join(fixture.shell.configDirectory, '..')
    const one =
      'tug run --rm busybox sh -c "echo out $1; echo err $1 >&2; exit $(($1 % 100))" >out.$1 2>err.$1; echo $? >code.$1'
    await writeFile(join(directory, 'one'), `${one}\n`)
    await fixture.shell.succeed('seq 200 | xargs -n 1 -P 20 sh one', { cwd: directory, timeout: 280_000 })
    const check = 'for n in $(seq 200); do echo $(cat out.$n) $(cat err.$n) $(cat code.$n); done'
    const expected = Array.from(
      { length: 200 },
      (_, index) => `out ${index + 1} err ${index + 1} ${(index + 1) % 100}\n`,
    )
    expect(await fixture.shell.succeed(check, { cwd: directory })).toBe(expected.join(''))
    expect(await fixture.state.containers()).toEqual([])
  })
})
