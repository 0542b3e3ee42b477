import { closeSync, openSync, readSync } from 'node:fs'
import { codeOf, ExitStatus, messageOf } from '../domain/errors.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import { collectOutput, describeExit } from '../programs/collect-output.ts'
import { hasProgram, programPath } from '../programs/programs.ts'
import { isObject, jsonType } from './config-file.ts'

/** The credentials that a helper stores for a server. */
export interface HelperSecret {
  readonly username: string
  readonly secret: string
}

const NOT_FOUND = 'credentials not found in native keychain'
/** Messages of helpers that docker prints instead of the exit code. */
const KNOWN_ERRORS = ['no credentials server URL', 'no credentials username']

/** The exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130

interface HelperResult {
  /** The trimmed output. */
  readonly output: string
  /** Go's description of the failure; empty if the helper succeeded. */
  readonly failure: string
}

/**
 * A credential helper: a program `docker-credential-NAME` that stores credentials. It is called with stdin and stdout, so
 * that no secret is in its arguments (docker/docker-credential-helpers).
 */
export class CredentialHelper {
  readonly #program: string

  constructor(name: string) {
    this.#program = `docker-credential-${name}`
  }

  /** Returns the credentials for a server, or undefined. @throws Error with docker's message, which contains no secret */
  async get(server: string): Promise<HelperSecret | undefined> {
    const result = await this.#call('get', server)
    if (result.failure !== '' && result.output === NOT_FOUND) return undefined
    const fields = parseObject(requireOutput(result, 'getting'))
    return { username: stringAt(fields, 'Username'), secret: stringAt(fields, 'Secret') }
  }

  /** Lists the servers that have credentials. @throws Error with docker's message */
  async list(): Promise<string[]> {
    return Object.keys(parseObject(requireOutput(await this.#call('list', 'unused'), 'listing')))
  }

  /** Stores credentials for a server. @throws Error with docker's message */
  async store(server: string, { username, secret }: HelperSecret): Promise<void> {
    const request = JSON.stringify({ ServerURL: server, Username: username, Secret: secret })
    requireOutput(await this.#call('store', `${escapeLikeGo(request)}\n`), 'storing')
  }

  /** Erases the credentials for a server. @throws Error with docker's message */
  async erase(server: string): Promise<void> {
    requireOutput(await this.#call('erase', server), 'erasing')
  }

  async #call(action: string, input: string): Promise<HelperResult> {
    let file: string
    try {
      file = programPath(this.#program)
    } catch (error) {
      return { output: '', failure: messageOf(error) }
    }
    if (isPlainText(file)) return { output: '', failure: `fork/exec ${file}: exec format error` }
    try {
      return await runHelper(file, action, input)
    } catch (error) {
      if (error instanceof ExitStatus) throw error
      const reason = codeOf(error) === 'ENOEXEC' ? 'exec format error' : messageOf(error)
      return { output: '', failure: `fork/exec ${file}: ${reason}` }
    }
  }
}

/** Returns whether a file is text without a `#!` line. Go and Bun refuse to run it, whereas Node would start a shell. */
function isPlainText(file: string): boolean {
  if (process.platform === 'win32') return false
  const head = Buffer.alloc(4)
  try {
    const descriptor = openSync(file, 'r')
    readSync(descriptor, head)
    closeSync(descriptor)
  } catch {
    // A program may be executable without being readable.
    return false
  }
  return /^[\t-~]{4}$/.test(head.toString('latin1')) && !head.toString().startsWith('#!')
}

/** Passes the input to a helper and collects its output. @throws ExitStatus if Ctrl-C ended it */
async function runHelper(file: string, action: string, input: string): Promise<HelperResult> {
  const result = await collectOutput(file, [action], { input, stderr: 'inherit' })
  // Ctrl-C signals every process in the terminal's foreground, so the user means to end tug too.
  if (result.signal === 'SIGINT') throw new ExitStatus(INTERRUPTED)
  const output = result.stdout.trim()
  const knownError = KNOWN_ERRORS.find((text) => text === output)
  return { output, failure: result.exitCode === 0 ? '' : (knownError ?? describeExit(result)) }
}

/** Returns the output of a helper that succeeded. @throws Error with docker's message if it failed */
function requireOutput({ output, failure }: HelperResult, action: string): string {
  if (failure === '') return output
  // Helpers report errors as text. An object could contain credentials.
  const text = output.includes('{') ? '' : output
  throw new Error(`error ${action} credentials - err: ${failure}, out: \`${text}\``)
}

type Fields = Readonly<Record<string, unknown>>

/** Parses the first JSON value, which must be an object or `null`. @throws Error with Go's message */
function parseObject(output: string): Fields {
  const end = endOfFirstJsonValue(output)
  if (end < 0) throw new Error(output === '' ? 'EOF' : goJsonError(output))
  const value: unknown = JSON.parse(output.slice(0, end)) ?? {}
  if (isObject(value)) return value
  throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type credentials.Credentials`)
}

/** Returns the string at a key. As in Go, the key's case does not matter. @throws Error with Go's message */
function stringAt(fields: Fields, key: string): string {
  const actualKey = Object.keys(fields).findLast((name) => name.toLowerCase() === key.toLowerCase())
  const value = (actualKey === undefined ? undefined : fields[actualKey]) ?? ''
  if (typeof value === 'string') return value
  throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go struct field Credentials.${key} of type string`)
}

/** Escapes JSON as Go does, for helpers that compare the text. */
function escapeLikeGo(text: string): string {
  return text.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Returns the credential helper that docker uses if config.json names none and contains no credentials: the platform's own,
 * if it is installed. On Linux that is `pass` if the program of that name exists, and otherwise `secretservice`.
 * @param path the PATH on which programs are looked up
 * @returns empty if the helper is not installed
 */
export function findDefaultHelper(path: string, platform: NodeJS.Platform): string {
  const name = platformHelper(path, platform)
  return hasProgram(`docker-credential-${name}`, path) ? name : ''
}

function platformHelper(path: string, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'osxkeychain'
  if (platform === 'win32') return 'wincred'
  return hasProgram('pass', path) ? 'pass' : 'secretservice'
}
