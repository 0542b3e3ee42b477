import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { OAuthIssuer } from '../../support/oauth-issuer.ts'
import { Terminal } from '../../support/terminal.ts'
import { caseDirectory } from '../case-directory.ts'
import { writeFiles } from '../run-case.ts'
import type { Step, TerminalCase } from './case.ts'

/** The outcome of a session on a terminal. */
export interface Session {
  /** The screen after every step that waits for something, and at the end. */
  readonly screens: readonly string[]
  /** The exit code, the files that the program wrote, and its requests to Docker Hub's login. */
  readonly ending: string
}

/** Runs the program as `[file, ...leading arguments]` on a terminal, against a separate daemon. */
export async function runSession(
  [file = '', ...leading]: readonly string[],
  terminalCase: TerminalCase,
): Promise<Session> {
  const dir = await caseDirectory('pty')
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(dir, { recursive: true, force: true }))
  const inDir = (text: string) => text.replaceAll('<dir>', dir)
  const progress = new Progress()
  const daemon = new FakeDaemon({
    replies: {
      ...terminalCase.replies,
      ...(terminalCase.progressOf ? { [terminalCase.progressOf]: { stream: progress } } : {}),
    },
  })
  await daemon.listen(`${dir}/docker.sock`)
  stack.defer(() => daemon.close())
  await writeFiles(dir, { bin: 'directory', certificates: 'directory', ...terminalCase.files }, inDir)
  if (terminalCase.config) await writeFiles(dir, { '.docker/config.json': JSON.stringify(terminalCase.config) }, inDir)
  const issuer = terminalCase.issuer && (await OAuthIssuer.open(join(dir, 'certificates'), terminalCase.issuer))
  if (issuer) stack.defer(() => issuer.close())
  const terminal = Terminal.open(file, [...leading, ...terminalCase.argv.map(inDir)], {
    columns: terminalCase.columns,
    rows: 30,
    cwd: dir,
    env: {
      HOME: dir,
      PATH: `${dir}/bin`,
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      DOCKER_HOST: daemon.host,
      ...issuer?.env,
      ...terminalCase.env,
    },
  })
  stack.defer(() => terminal.close())
  const hide = (text: string) => text.replaceAll(dir, '<dir>')
  const screens: string[] = []
  for (const step of terminalCase.steps) {
    performStep(step, terminal, progress)
    // The program is notified of the new size by a signal, and draws some time later.
    if ('columns' in step) await sleep(700)
    if ('until' in step && step.until !== undefined) {
      await terminal.waitFor(step.until)
      screens.push(hide(await settledScreen(terminal)))
    }
  }
  progress.end()
  const { exitCode, signal } = await terminal.exit()
  screens.push(hide(terminal.screen()))
  const read = (name: string) => readFile(`${dir}/${name}`, 'utf8').catch(() => 'absent')
  const config = await read('.docker/config.json')
  const outputs = await Promise.all((terminalCase.outputs ?? []).map(async (name) => `${name}: ${await read(name)}`))
  const requests = issuer?.requests.map((request) => JSON.stringify(request)) ?? []
  const ending = [
    `exit ${exitCode} signal ${signal}`,
    ...outputs,
    ...requests,
    ...(issuer || terminalCase.config ? [sortRegistries(config)] : []),
  ]
  return { screens, ending: hide(ending.join('\n')) }
}

/** Waits until the screen no longer changes, because a program may draw it in several writes, and returns it. */
async function settledScreen(terminal: Terminal): Promise<string> {
  for (;;) {
    const screen = terminal.screen()
    await sleep(100)
    if (terminal.screen() === screen) return screen
  }
}

function performStep(step: Step, terminal: Terminal, progress: Progress): void {
  if ('type' in step) terminal.type(step.type)
  if ('columns' in step) terminal.resize(step.columns, 30)
  if ('send' in step) progress.send(step.send)
}

/** Returns the content of config.json with its registries in order, because docker writes them in random order. */
function sortRegistries(config: string): string {
  if (config === 'absent') return config
  const { auths = {}, ...rest } = JSON.parse(config)
  const entries = Object.entries(auths).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ ...rest, auths: Object.fromEntries(entries) }, undefined, 1)
}

/** The body of a response to which the steps add messages. */
class Progress implements AsyncIterable<string> {
  readonly #pending: string[] = []
  #wake: () => void = () => {}
  #isEnded = false

  send(messages: readonly object[]): void {
    this.#pending.push(messages.map((message) => `${JSON.stringify(message)}\r\n`).join(''))
    this.#wake()
  }

  end(): void {
    this.#isEnded = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    while (!this.#isEnded || this.#pending.length > 0) {
      yield* this.#pending.splice(0)
      if (this.#isEnded) continue
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      if (this.#pending.length === 0 && !this.#isEnded) await promise
    }
  }
}
