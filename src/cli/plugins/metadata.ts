import { isObject, jsonType } from '../../config/config-file.ts'
import { codeOf, messageOf, pathErrorText } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { goQuote } from '../../domain/go/quote.ts'
import type { Plugin, PluginMetadata } from '../../domain/system/plugin.ts'
import { execProgram, ProgramError } from '../../programs/programs.ts'
import { pluginEnvironment } from './environment.ts'

const NAME = /^[a-z][a-z0-9]*$/
const SCHEMA_VERSION = '0.1.0'
const KEYS = ['SchemaVersion', 'Vendor', 'Version', 'ShortDescription', 'URL'] as const

/**
 * Asks a program what it is, and whether docker would take it for a plugin (docker/cli cli-plugins/manager.newPlugin).
 * @param builtins the words that are commands already
 */
export async function readPlugin(name: string, path: string, builtins: readonly string[]): Promise<Plugin> {
  const known = { Name: name, Path: path }
  if (!NAME.test(name)) {
    return { ...known, Err: `plugin candidate ${goQuote(name)} did not match ${goQuote(NAME.source)}` }
  }
  if (builtins.includes(name)) return { ...known, Err: `plugin ${goQuote(name)} duplicates builtin command` }
  try {
    const { metadata, fault } = decode(await ask(path))
    return { ...metadata, ...known, ...(fault === '' ? {} : { Err: fault }) }
  } catch (error) {
    return { ...known, Err: `failed to fetch metadata: ${messageOf(error)}` }
  }
}

/** @throws Error in Go's words when the program cannot be run or fails */
function ask(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const response = (error: Error | null, stdout: string) => {
      if (error === null) resolve(stdout)
      else reject(new Error(failureOf(path, error)))
    }
    try {
      execProgram(path, ['docker-cli-plugin-metadata'], { env: pluginEnvironment(process.env) }, response).stdin?.end()
    } catch (error) {
      reject(error instanceof ProgramError ? error : new Error(pathErrorText('fork/exec', path, error)))
    }
  })
}

const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
}

function failureOf(path: string, error: Error & { code?: unknown; signal?: unknown }): string {
  if (typeof error.code === 'number') return `exit status ${error.code}`
  if (typeof error.signal === 'string') return `signal: ${SIGNALS[error.signal] ?? error.signal}`
  return codeOf(error) === undefined ? error.message : pathErrorText('fork/exec', path, error)
}

/** What the program said of itself, as far as it could be read, and what is wrong with that. */
function decode(text: string): { metadata: PluginMetadata; fault: string } {
  const invalid = (reason: string) => ({ metadata: {}, fault: `invalid metadata: ${reason}` })
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return invalid(goJsonError(text, 'unexpected end of JSON input'))
  }
  if (data !== null && !isObject(data)) {
    return invalid(`json: cannot unmarshal ${jsonType(data)} into Go value of type metadata.Metadata`)
  }
  const said: Partial<Record<(typeof KEYS)[number], string>> = {}
  let mistyped = ''
  for (const [name, value] of Object.entries(data ?? {})) {
    // Go takes keys in whatever letters.
    const key = KEYS.find((known) => known.toLowerCase() === name.toLowerCase())
    if (key === undefined || value === null) continue
    if (typeof value === 'string') said[key] = value
    else mistyped ||= `json: cannot unmarshal ${jsonType(value)} into Go struct field Metadata.${key} of type string`
  }
  // The order and the omissions of docker's JSON.
  const metadata = Object.fromEntries(KEYS.flatMap((key) => (said[key] ? [[key, said[key]]] : [])))
  return { metadata, fault: mistyped === '' ? faultOf(metadata) : `invalid metadata: ${mistyped}` }
}

function faultOf({ SchemaVersion = '', Vendor }: PluginMetadata): string {
  if (SchemaVersion !== SCHEMA_VERSION) {
    return `plugin SchemaVersion ${goQuote(SchemaVersion)} is not valid, must be ${SCHEMA_VERSION}`
  }
  return Vendor === undefined ? 'plugin metadata does not define a vendor' : ''
}
