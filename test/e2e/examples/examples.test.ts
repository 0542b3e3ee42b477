import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sourceCommands } from '../../../scripts/generate/source-commands.ts'
import { freePort } from '../../support/ports.ts'
import { RunningProgram } from '../session/program.ts'
import { ExampleEngine } from './example-engine.ts'
import { failingPipeline, isSwarmCommand } from './lines.ts'
import { preparationsOf } from './preparations.ts'

/** Examples that run until their container ends. */
const UNTIL_STOPPED = ['tug attach web', 'tug attach --no-stdin --sig-proxy=false web', 'tug logs -f --tail 100 web']

/** Examples that run until Ctrl-C, with what they print before that. */
const UNTIL_INTERRUPTED: Readonly<Record<string, string>> = {
  'tug stats': 'web',
  'tug logs -F --tail 10 web': 'GET / HTTP',
  'tug events --filter type=container --filter event=die --since 10m': 'container die',
}

/** The exit code after Ctrl-C. */
const INTERRUPTED = 130

const commands = (await sourceCommands()).filter(({ id, facts }) => !facts.hidden && !isSwarmCommand(id))

let engine: Awaited<ReturnType<typeof ExampleEngine.open>>
beforeAll(async () => {
  engine = await ExampleEngine.open()
}, 300_000)
afterAll(() => engine?.stop())

describe.each(commands)('the examples of $id', ({ id, facts }) => {
  test.each(facts.examples)('$command', async ({ command }) => {
    await engine.restore()
    const cwd = await engine.enterDirectory()
    const port = await freePort()
    for (const line of preparationsOf(id)) await engine.shell.succeed(engine.adapt(line, port), { cwd })
    if (id === 'checkpoint:rm') await engine.addCheckpoint('web', 'before-upgrade')
    const line = engine.adapt(command, port)
    if (/^tug (run|exec) -it /.test(line)) return runInTerminal(line, cwd)
    if (UNTIL_STOPPED.includes(command)) return runUntilStopped(line)
    const printed = UNTIL_INTERRUPTED[command]
    if (printed !== undefined) return runUntilInterrupted(line, printed)
    // Few kernels let CRIU create a checkpoint, and few machines have it.
    if (id === 'checkpoint:create') return expect((await engine.shell.run(line)).stderr).toMatch(/^$|criu/i)
    await engine.shell.succeed(failingPipeline(line), { cwd })
  })
})

/** Runs an example that starts a shell, and ends the shell. */
async function runInTerminal(line: string, cwd: string): Promise<void> {
  const terminal = engine.shell.terminal(line, { cwd })
  await terminal.waitFor(/[#$] *$/)
  terminal.type('exit\r')
  expect(await terminal.exit()).toMatchObject({ exitCode: 0 })
}

/** Runs an example that follows the container `web` until it has printed a visit, and stops the container then. */
async function runUntilStopped(line: string): Promise<void> {
  await using program = new RunningProgram(engine.shell, line)
  const isPrinted = program.waitFor('GET / HTTP').then(() => true)
  while (!(await Promise.race([isPrinted, engine.visitWeb().then(() => false)])));
  await engine.shell.succeed('tug stop web')
  expect(await program.ending()).toMatchObject({ exitCode: 0 })
}

async function runUntilInterrupted(line: string, printed: string): Promise<void> {
  await using program = new RunningProgram(engine.shell, line)
  await engine.shell.succeed('tug restart web')
  await program.waitFor(printed)
  program.signal('SIGINT')
  expect(await program.ending()).toMatchObject({ exitCode: INTERRUPTED })
}
