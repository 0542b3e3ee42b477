import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { programs } from '../support/run.ts'

/** A plugin that opens the connection to the client, as docker's plugins do, and prints a line when it is closed. */
const waiting = `
import { connect } from 'node:net'
if (process.argv[2] === 'docker-cli-plugin-metadata') {
  console.log('{"SchemaVersion":"0.1.0","Vendor":"me"}')
  process.exit()
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log('received a signal'))
const { DOCKER_CLI_PLUGIN_SOCKET: name, DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: client } = process.env
console.log('called by', client)
const connection = connect(name.replace('@', '\\0'))
connection.on('connect', () => console.log('ready'))
connection.on('close', () => {
  console.log('connection closed')
  if (process.argv[3] === 'stubborn') setInterval(() => {}, 1000)
  else process.exitCode = 9
})
connection.resume()
`

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-plugins-'))
  await mkdir(join(directory, 'cli-plugins'))
  await writeFile(join(directory, 'waiting.mjs'), waiting)
  const start = `#!/bin/sh\nexec '${process.execPath}' '${directory}/waiting.mjs' "$@"\n`
  await writeFile(join(directory, 'cli-plugins/docker-waiting'), start, { mode: 0o755 })
  await writeFile(join(directory, 'cli-plugins/docker-waiting'), start, { mode: 0o755 })
})
afterEach(() => rm(directory, { recursive: true }))

describe.each(programs)('$name', ({ command: [file = '', ...words] }) => {
  const start = (...args: string[]) =>
    spawn(file, [...words, ...args], {
      env: { ...process.env, DOCKER_CONFIG: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  test.each([
    'SIGTERM',
    'SIGINT',
  ] as const)('%s closes the connection to the plugin instead of signalling it', async (signal) => {
    const child = start('waiting')
    const output = new Lines(child)
    await output.until('ready')
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([9, null])
    expect(output.text).toMatch(/^called by .*tug.*\nready\nconnection closed\n$/)
  })

  test('the third signal kills a plugin that does not end', async () => {
    const child = start('waiting', 'stubborn')
    const output = new Lines(child)
    await output.until('ready')
    child.kill('SIGTERM')
    await output.until('connection closed')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output.errors).toBe('got 3 SIGTERM/SIGINTs, forcefully exiting\n')
  })
})

/** The output of a process so far. */
class Lines {
  text = ''
  errors = ''
  #changed = () => {}

  constructor(child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.text += text
      this.#changed()
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text
    })
  }

  async until(line: string): Promise<void> {
    while (!this.text.includes(`${line}\n`)) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve
      })
    }
  }
}
