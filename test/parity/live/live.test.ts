import { existsSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EngineState } from '../../support/engine-state.ts'
import { combinations, registry } from '../../support/provided.ts'
import { type Outcome, Shell } from '../../support/run.ts'
import { asTug } from '../compare.ts'
import { isRecording } from '../programs.ts'
import { Normalizer } from './normalize.ts'
import { scenarios } from './scenarios.ts'

/**
 * Whole sessions on real engines, compared with transcripts of docker: `npm run record -- sessions`.
 */
describe.each(combinations())('$program.name on $engine.name', ({ program, engine }) => {
  const recording = isRecording(program.command)
  const state = new EngineState(engine.socket)
  const { host, user, password } = registry()
  let shell: Shell

  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket, env: { DOCKER_BUILDKIT: '0' } })
  })
  beforeEach(async () => {
    await state.removeContainers()
    await state.removeImages()
    await shell.succeed('tug pull -q busybox')
  })
  afterAll(() => shell.close())

  const transcript = (name: string) =>
    new URL(`golden/${name.replaceAll(' ', '-')}.${engine.apiVersion}.txt`, import.meta.url).pathname
  const known = scenarios.filter(({ name }) => recording || existsSync(transcript(name)))

  test(`has transcripts of engines with API ${engine.apiVersion}`, () => {
    // Engines without transcripts are covered by the other suites.
    expect([0, scenarios.length]).toContain(known.length)
  })

  test.each(known)('$name', async ({ name, lines }) => {
    const normalizer = new Normalizer({
      [host]: '<registry>',
      [password]: '<password>',
      [shell.configDirectory]: '<config>',
    })
    const written: string[] = []
    for (const line of lines) {
      const typed = line.replaceAll('<registry>', host).replaceAll('<password>', password).replaceAll('<user>', user)
      written.push(transcriptOf(line, await shell.run(typed), normalizer))
    }
    await expect(written.join('\n')).toMatchFileSnapshot(transcript(name))
  })
})

/** Returns a line of the transcript: the command line, its output with stderr marked by `!`, and its exit code. */
function transcriptOf(line: string, { exitCode, stdout, stderr }: Outcome, normalizer: Normalizer): string {
  const marked = (text: string, mark: string) =>
    text === ''
      ? []
      : normalizer
          .normalize(asTug(text))
          .replace(/\n$/, '')
          .split('\n')
          .map((one) => `${mark} ${one}`.trimEnd())
  return [`$ ${line}`, ...marked(stdout, ' '), ...marked(stderr, '!'), `[${exitCode}]`, ''].join('\n')
}
