import { closeSync, openSync, readSync } from 'node:fs'
import { codeOf, ExitStatus, messageOf } from '../domain/errors.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import { type ChildProcess, programPath, spawnProgram } from '../programs/programs.ts'
import { isObject, jsonType } from './config-file.ts'

/** What a helper keeps for a server. */
export interface HelperSecret {
  readonly username: string
  readonly secret: string
}

const NOT_FOUND = 'credentials not found in native keychain'
/** What helpers say of a request that lacks something; docker takes these for the cause. */
const REFUSALS = ['no credentials server URL', 'no credentials username']

/** How Go names the signals that a program may die of. */
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGHUP: 'hangup',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

/** The exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130

interface Response {
  /** Without the space around it. */
  readonly output: string
  /** Why the helper failed, in Go's words; empty when it did not. */
  readonly failure: string
}

/**
 * A program `docker-credential-NAME` that keeps credentials, spoken to over stdin and stdout: secrets never reach its
 * arguments. The protocol is docker-credential-helpers'.
 */
export class CredentialHelper {
  readonly #program: string

  constructor(name: string) {
    this.#program = `docker-credential-${name}`
  }

  /** What it keeps for a server, or undefined. @throws Error with docker's words, which never hold what it keeps */
  async get(server: string): Promise<HelperSecret | undefined> {
    const response = await this.#call('get', server)
    if (response.failure !== '' && response.output === NOT_FOUND) return undefined
    const fields = objectIn(outputOf(response, 'getting'))
    return { username: textIn(fields, 'Username'), secret: textIn(fields, 'Secret') }
  }

  /** The servers that it keeps credentials of. @throws Error with docker's words */
  async list(): Promise<string[]> {
    return Object.keys(objectIn(outputOf(await this.#call('list', 'unused'), 'listing')))
  }

  /** @throws Error with docker's words */
  async store(server: string, { username, secret }: HelperSecret): Promise<void> {
    const request = JSON.stringify({ ServerURL: server, Username: username, Secret: secret })
    outputOf(await this.#call('store', `${goEscaped(request)}\n`), 'storing')
  }

  /** @throws Error with docker's words */
  async erase(server: string): Promise<void> {
    outputOf(await this.#call('erase', server), 'erasing')
  }

  async #call(action: string, input: string): Promise<Response> {
    let file: string
    try {
      file = programPath(this.#program)
    } catch (error) {
      return { output: '', failure: messageOf(error) }
    }
    if (isPlainText(file)) return { output: '', failure: `fork/exec ${file}: exec format error` }
    try {
      return await talk(spawnProgram(file, [action], { stdio: ['pipe', 'pipe', 'inherit'] }), input)
    } catch (error) {
      if (error instanceof ExitStatus) throw error
      const reason = codeOf(error) === 'ENOEXEC' ? 'exec format error' : messageOf(error)
      return { output: '', failure: `fork/exec ${file}: ${reason}` }
    }
  }
}

/** A text that names no interpreter is no program to Go, and to Bun; Node would have a shell run it. */
function isPlainText(file: string): boolean {
  if (process.platform === 'win32') return false
  const head = Buffer.alloc(4)
  try {
    const descriptor = openSync(file, 'r')
    readSync(descriptor, head)
    closeSync(descriptor)
  } catch {
    // What may be run need not be readable.
    return false
  }
  return /^[\t-~]{4}$/.test(head.toString('latin1')) && !head.toString().startsWith('#!')
}

function talk(child: ChildProcess, input: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    // A helper that ends without reading closes the pipe; its response is what counts.
    child.stdin?.on('error', () => {})
    child.on('error', reject)
    child.on('close', (status, signal) => {
      // Ctrl-C goes to all that runs in the terminal: who ended the helper means tug as well.
      if (signal === 'SIGINT') return reject(new ExitStatus(INTERRUPTED))
      const output = Buffer.concat(chunks).toString().trim()
      const refusal = REFUSALS.find((text) => text === output)
      const failure = signal ? `signal: ${SIGNALS[signal] ?? signal}` : `exit status ${status}`
      resolve({ output, failure: status === 0 ? '' : (refusal ?? failure) })
    })
    child.stdin?.end(input)
  })
}

/** @throws Error with docker's words for a helper that failed */
function outputOf({ output, failure }: Response, doing: string): string {
  if (failure === '') return output
  // What helpers say of a failure is text; an object would be what they keep.
  const shown = output.includes('{') ? '' : output
  throw new Error(`error ${doing} credentials - err: ${failure}, out: \`${shown}\``)
}

type Fields = Readonly<Record<string, unknown>>

/** The first JSON value, which must be an object; `null` counts as an empty one. @throws Error in Go's words */
function objectIn(output: string): Fields {
  const end = endOfFirstJsonValue(output)
  if (end < 0) throw new Error(output === '' ? 'EOF' : goJsonError(output))
  const value: unknown = JSON.parse(output.slice(0, end)) ?? {}
  if (isObject(value)) return value
  throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type credentials.Credentials`)
}

/** The text under a key, which Go finds in any case. @throws Error in Go's words */
function textIn(fields: Fields, key: string): string {
  const found = Object.keys(fields).findLast((name) => name.toLowerCase() === key.toLowerCase())
  const value = (found === undefined ? undefined : fields[found]) ?? ''
  if (typeof value === 'string') return value
  throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go struct field Credentials.${key} of type string`)
}

/** As Go writes JSON, for helpers that look at the text. */
function goEscaped(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
