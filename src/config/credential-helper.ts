import { spawn } from 'node:child_process'
import { codeOf, messageOf } from '../domain/errors.ts'
import { isObject, textAt } from './config-file.ts'

/** What a helper keeps for a server. */
export interface HelperSecret {
  readonly username: string
  readonly secret: string
}

const NOT_FOUND = 'credentials not found in native keychain'

/**
 * A program `docker-credential-NAME` that keeps credentials, spoken to over stdin and stdout: secrets never reach its
 * arguments. The protocol is docker-credential-helpers'.
 */
export class CredentialHelper {
  readonly #program: string

  constructor(name: string) {
    this.#program = `docker-credential-${name}`
  }

  /** What it keeps for a server, or undefined. @throws Error with docker's words */
  async get(server: string): Promise<HelperSecret | undefined> {
    const { output, failure } = await this.#call('get', server)
    if (output.trim() === NOT_FOUND) return undefined
    if (failure !== '') throw new Error(`error getting credentials - err: ${failure}, out: \`${output.trim()}\``)
    const answer: unknown = JSON.parse(output)
    if (!isObject(answer)) throw new Error(`error getting credentials: ${this.#program} answered no JSON object`)
    return { username: textAt(answer, 'Username'), secret: textAt(answer, 'Secret') }
  }

  /** The servers that it keeps credentials of. @throws Error with docker's words */
  async list(): Promise<string[]> {
    const { output, failure } = await this.#call('list', 'unused')
    if (failure !== '') throw new Error(`error listing credentials - err: ${failure}, out: \`${output.trim()}\``)
    const answer: unknown = JSON.parse(output)
    return isObject(answer) ? Object.keys(answer) : []
  }

  /** @throws Error with docker's words */
  async store(server: string, { username, secret }: HelperSecret): Promise<void> {
    const { output, failure } = await this.#call(
      'store',
      JSON.stringify({ ServerURL: server, Username: username, Secret: secret }),
    )
    if (failure !== '') throw new Error(`error storing credentials - err: ${failure}, out: \`${output.trim()}\``)
  }

  /** @throws Error with docker's words */
  async erase(server: string): Promise<void> {
    const { output, failure } = await this.#call('erase', server)
    if (failure !== '') throw new Error(`error erasing credentials - err: ${failure}, out: \`${output.trim()}\``)
  }

  #call(action: string, input: string): Promise<{ output: string; failure: string }> {
    return new Promise((resolve) => {
      const child = spawn(this.#program, [action], { stdio: ['pipe', 'pipe', 'inherit'] })
      let output = ''
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
      // A helper that ends without reading closes the pipe; its answer is what counts.
      child.stdin.on('error', () => {})
      child.on('error', (error) => resolve({ output, failure: this.#startFailure(error) }))
      child.on('close', (status, signal) => {
        resolve({ output, failure: status === 0 ? '' : signal ? `signal: ${signal}` : `exit status ${status}` })
      })
      child.stdin.end(input)
    })
  }

  #startFailure(error: unknown): string {
    if (codeOf(error) === 'ENOENT') return `exec: "${this.#program}": executable file not found in $PATH`
    return `exec: "${this.#program}": ${messageOf(error)}`
  }
}
