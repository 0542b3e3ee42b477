import { describe, expect, it } from 'vitest'
import { dockerCommands } from '../../scripts/generate/docker-commands.ts'
import { flagUsageError, MISSING_GROUPS, unknownCommand } from '../../src/cli/argv/usage.ts'
import { BrokenPipeError } from '../../src/cli/io/streams.ts'
import { reportError } from '../../src/cli/report-error.ts'
import { commandTable } from '../../src/command-table.ts'
import { loadConfigFile } from '../../src/config/config-file.ts'
import { ConnectionError, EngineError, ExitStatus } from '../../src/domain/errors.ts'
import { Engine } from '../../src/engine/engine.ts'
import { recordingOutput } from '../support/output.ts'

const usage = { path: 'ps', synopsis: '[OPTIONS]' }

describe('reportError', () => {
  it.each([
    {
      error: new EngineError('No such container: x', 404),
      text: 'Error response from daemon: No such container: x\n',
      exitCode: 1,
    },
    { error: new ExitStatus(3), text: '', exitCode: 3 },
    { error: new ExitStatus(125, 'docker failed', 'try again'), text: 'docker failed\n', exitCode: 125 },
    { error: new ConnectionError('Cannot connect', 'start it'), text: 'Cannot connect\n', exitCode: 1 },
    { error: new Error('oops'), text: 'oops\n', exitCode: 1 },
    { error: new BrokenPipeError(), text: '', exitCode: 141 },
    {
      error: flagUsageError('unknown flag: --x', usage),
      text: "unknown flag: --x\n\nUsage:  tug ps [OPTIONS]\n\nRun 'tug ps --help' for more information\n",
      exitCode: 125,
    },
  ])('prints "$error.message" without a hint off a terminal', async ({ error, text, exitCode }) => {
    const err = recordingOutput()
    await expect(reportError(error, err)).resolves.toBe(exitCode)
    expect(err.text).toBe(text)
  })

  it('says that trust is gone and names other tools, also off a terminal', async () => {
    const err = recordingOutput()
    await expect(reportError(unknownCommand('trust', '', ['start']), err)).resolves.toBe(1)
    expect(err.text).toBe(
      'tug: unknown command: tug trust\n\n' +
        'Docker Content Trust is not supported, and docker 29 has removed it.\n' +
        'To sign and verify images, use a tool such as cosign or notation.\n',
    )
  })

  it.each([
    ['compose', '"compose" is a plugin of docker that is not installed: install the package docker-compose-plugin'],
    ['docker', 'leave out "docker": tug stands for it'],
    ['list', 'try: tug ps'],
    ['delete', 'try: tug rm CONTAINER'],
  ])('says what does what "%s" was typed for', async (word, hint) => {
    const terminal = recordingOutput(true)
    await reportError(unknownCommand(word, '', ['logs', 'kill']), terminal)
    expect(terminal.text).toContain(`hint: ${hint}`)
  })

  it("knows all of docker's commands that tug does not have", () => {
    const words = (names: readonly string[]) => names.map((name) => name.split(/[ :]/)[0] ?? '')
    const own = new Set(words(commandTable.commands.flatMap((names) => names.split(' '))))
    const missing = words(Object.keys(dockerCommands().commands)).filter((word) => !own.has(word))
    expect([...new Set(missing)].sort()).toEqual([...MISSING_GROUPS].sort())
  })

  it('prints the hint of an error on a terminal only', async () => {
    const error = new ConnectionError('Cannot connect', 'start it')
    const terminal = recordingOutput(true)
    await reportError(error, terminal)
    expect(terminal.text).toBe('Cannot connect\nhint: start it\n')
  })

  it('sends requests for a hint on a terminal only', async () => {
    const engine = new Engine({ endpoint: { host: 'unix:///none', address: { kind: 'unix', path: '/none' } } })
    let requests = 0
    const list = async () => {
      requests++
      return [{ Id: '1', Names: ['/web'] }]
    }
    Object.defineProperty(engine, 'containers', { value: { list } })
    const cli = { engine, env: {}, config: loadConfigFile('/none'), now: () => new Date(0) }
    const error = new EngineError('No such container: wbe', 404)
    const file = recordingOutput()
    await reportError(error, file, cli)
    expect([file.text, requests]).toEqual(['Error response from daemon: No such container: wbe\n', 0])
    const terminal = recordingOutput(true)
    await reportError(error, terminal, cli)
    expect([terminal.text, requests]).toEqual([`${file.text}hint: did you mean "web"?\n`, 1])
  })

  it.each([
    ['Failed to initialize: unable to resolve docker endpoint: context "x" not found', ''],
    ['Error response from daemon: No such object: x', ''],
    ['No such container: x', 'hint: list all containers, also stopped ones, with: tug ps -a\n'],
  ])('prints only what needs no request if there is no engine: %s', async (message, hint) => {
    const cli = {
      get engine(): Engine {
        throw new Error(message)
      },
      env: {},
      config: loadConfigFile('/none'),
      now: () => new Date(0),
    }
    const terminal = recordingOutput(true)
    await expect(reportError(new Error(message), terminal, cli)).resolves.toBe(1)
    expect(terminal.text).toBe(`${message}\n${hint}`)
  })

  it('suggests a similar command', async () => {
    const terminal = recordingOutput(true)
    await reportError(unknownCommand('imagse', '', ['images', 'ps']), terminal)
    expect(terminal.text).toContain('hint: did you mean "images"?\n')
    const swapped = recordingOutput(true)
    await reportError(unknownCommand('rnu', '', ['images', 'run']), swapped)
    expect(swapped.text).toContain('hint: did you mean "run"?\n')
    const far = recordingOutput(true)
    await reportError(unknownCommand('frobnicate', '', ['images', 'ps']), far)
    expect(far.text).not.toContain('hint')
  })
})
