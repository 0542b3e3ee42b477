import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { OAuthIssuer } from '../../support/oauth-issuer.ts'
import { Terminal } from '../../support/terminal.ts'
import { caseDirectory } from '../case-folder.ts'
import { writeFiles } from '../run-case.ts'
import type { Step, TerminalCase } from './case.ts'

/** What a person saw after every step and at the end, and what the program left behind. */
export interface Play {
  readonly frames: readonly string[]
  readonly ending: string
}

/** Runs the program as `[file, ...leading arguments]` on a terminal, against a daemon of its own. */
export async function play([file = '', ...leading]: readonly string[], given: TerminalCase): Promise<Play> {
  const dir = await caseDirectory('pty')
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(dir, { recursive: true, force: true }))
  const inDir = (text: string) => text.replaceAll('<dir>', dir)
  const progress = new Progress()
  const daemon = new FakeDaemon({
    replies: { ...given.replies, ...(given.progressOf ? { [given.progressOf]: { stream: progress } } : {}) },
  })
  await daemon.listen(`${dir}/docker.sock`)
  stack.defer(() => daemon.close())
  await writeFiles(dir, { bin: 'folder', certificates: 'folder', ...given.files }, inDir)
  if (given.config) await writeFiles(dir, { '.docker/config.json': JSON.stringify(given.config) }, inDir)
  const issuer = given.issuer && (await OAuthIssuer.open(join(dir, 'certificates'), given.issuer))
  if (issuer) stack.defer(() => issuer.close())
  const terminal = Terminal.open(file, [...leading, ...given.argv.map(inDir)], {
    columns: given.columns,
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
      ...given.env,
    },
  })
  stack.defer(() => terminal.close())
  const hide = (text: string) => text.replaceAll(dir, '<dir>')
  const frames: string[] = []
  for (const step of given.steps) {
    act(step, terminal, progress)
    // A program hears of its window's new size by a signal.
    if ('columns' in step) await sleep(700)
    if ('until' in step && step.until !== undefined) {
      await terminal.waitFor(step.until)
      frames.push(hide(await settledScreen(terminal)))
    }
  }
  progress.end()
  const { exitCode, signal } = await terminal.exit()
  frames.push(hide(terminal.screen()))
  const read = (name: string) => readFile(`${dir}/${name}`, 'utf8').catch(() => 'absent')
  const config = await read('.docker/config.json')
  const outputs = await Promise.all((given.outputs ?? []).map(async (name) => `${name}: ${await read(name)}`))
  const asked = issuer?.requests.map((request) => JSON.stringify(request)) ?? []
  const ending = [
    `exit ${exitCode} signal ${signal}`,
    ...outputs,
    ...asked,
    ...(issuer || given.config ? [sorted(config)] : []),
  ]
  return { frames, ending: hide(ending.join('\n')) }
}

/** The screen once nothing more is drawn: what belongs together may be written in pieces. */
async function settledScreen(terminal: Terminal): Promise<string> {
  for (;;) {
    const seen = terminal.screen()
    await sleep(100)
    if (terminal.screen() === seen) return seen
  }
}

function act(step: Step, terminal: Terminal, progress: Progress): void {
  if ('type' in step) terminal.type(step.type)
  if ('columns' in step) terminal.resize(step.columns, 30)
  if ('send' in step) progress.send(step.send)
}

/** The order of config.json's keys means nothing. */
function sorted(config: string): string {
  if (config === 'absent') return config
  const { auths = {}, ...rest } = JSON.parse(config)
  const entries = Object.entries(auths).sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({ ...rest, auths: Object.fromEntries(entries) }, undefined, 1)
}

/** The body of a response that grows step by step. */
class Progress implements AsyncIterable<string> {
  readonly #waiting: string[] = []
  #wake: () => void = () => {}
  #isEnded = false

  send(messages: readonly object[]): void {
    this.#waiting.push(messages.map((message) => `${JSON.stringify(message)}\r\n`).join(''))
    this.#wake()
  }

  end(): void {
    this.#isEnded = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    while (!this.#isEnded || this.#waiting.length > 0) {
      yield* this.#waiting.splice(0)
      if (this.#isEnded) continue
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      if (this.#waiting.length === 0 && !this.#isEnded) await promise
    }
  }
}
