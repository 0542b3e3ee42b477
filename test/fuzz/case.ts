import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RawResponder, TIME_LIMIT } from '../parity/responses/fixture.ts'
import { RUNTIME_SENTENCE } from '../support/runtime-sentence.ts'

/** A hostile input: a command, the response to one of its requests, and config.json. */
export interface FuzzCase {
  /** `<dir>` stands for a temporary directory, `<registry>` for the address of the server. */
  readonly args: readonly string[]
  /** The source of the expression that matches the method and path of the request with the hostile response. */
  readonly request: string
  /** The response, with one character per byte. */
  readonly bytes: string
  readonly after: 'end' | 'keep'
  /** The text of config.json. */
  readonly config: string
}

/** The largest resident memory that a command may use, in kilobytes. */
const MEMORY_LIMIT = 300 * 1024
const POLL_INTERVAL = 20

/** The outputs that a response without an end explains: then the command rightly waits, until it is interrupted. */
const WAITS_RIGHTLY = /"after":"keep"/

/**
 * Runs a case.
 * @returns what is wrong: a hang, the memory, a stack trace or a sentence of the runtime; empty if nothing is
 */
export async function problemOf(program: readonly string[], fuzzCase: FuzzCase): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'tug-fuzz-'))
  const { args, request, bytes, after, config } = fuzzCase
  const daemon = new RawResponder({ request: new RegExp(request), reply: { bytes, after } })
  try {
    const host = await daemon.listen(join(directory, 'd.sock'))
    const registry = (await daemon.listen(undefined)).replace('tcp://', '')
    mkdirSync(join(directory, '.docker'))
    writeFileSync(join(directory, '.docker/config.json'), config, 'latin1')
    const words = args.map((arg) => arg.replace('<dir>', directory).replace('<registry>', registry))
    const env = { HOME: directory, PATH: process.env.PATH ?? '', DOCKER_HOST: host, TZ: 'UTC', DOCKER_BUILDKIT: '0' }
    const { output, memory, hangs } = await run([...program, ...words], env, directory)
    const sentence = RUNTIME_SENTENCE.exec(output)?.[0]
    if (sentence !== undefined && !bytes.includes(sentence) && !args.join(' ').includes(sentence)) {
      return `prints a sentence of the runtime: ${sentence.trim()}`
    }
    if (memory > MEMORY_LIMIT) return `uses ${memory} kB of memory`
    return hangs && !WAITS_RIGHTLY.test(JSON.stringify(fuzzCase)) ? 'hangs' : ''
  } finally {
    await daemon.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Run {
  readonly output: string
  /** The peak of resident memory in kilobytes, as far as it was seen. */
  readonly memory: number
  readonly hangs: boolean
}

function run([file = '', ...args]: readonly string[], env: Record<string, string>, cwd: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let [output, memory, hangs] = ['', 0, false]
    const keep = (chunk: Buffer) => {
      if (output.length < 1_000_000) output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const poll = setInterval(() => {
      memory = Math.max(memory, peakMemory(child.pid))
      if (memory > MEMORY_LIMIT) child.kill('SIGKILL')
    }, POLL_INTERVAL)
    const timer = setTimeout(() => {
      hangs = true
      child.kill('SIGKILL')
    }, TIME_LIMIT)
    child.on('error', reject).on('close', () => {
      clearInterval(poll)
      clearTimeout(timer)
      resolve({ output, memory, hangs })
    })
  })
}

/** Returns the peak of the resident memory of a process in kilobytes; 0 where it cannot be determined. */
function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
