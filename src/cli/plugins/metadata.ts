import { isObject, jsonType } from '../../config/config-file.ts'
import { codeOf, messageOf, pathErrorText } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { goQuote } from '../../domain/go/quote.ts'
import type { Plugin, PluginMetadata } from '../../domain/system/plugin.ts'
import { collectOutput, describeExit } from '../../programs/collect-output.ts'
import { ProgramError } from '../../programs/programs.ts'
import { pluginEnvironment } from './environment.ts'

const NAME = /^[a-z][a-z0-9]*$/
const KEYS = ['SchemaVersion', 'Vendor', 'Version', 'ShortDescription', 'URL'] as const

/**
 * Runs a plugin candidate to read its metadata, and validates it as docker does (docker/cli
 * cli-plugins/manager.newPlugin).
 * @param builtins the words that are tug's own commands
 */
export async function readPlugin(name: string, path: string, builtins: readonly string[]): Promise<Plugin> {
  const known = { Name: name, Path: path }
  if (!NAME.test(name)) {
    return { ...known, Err: `plugin candidate ${goQuote(name)} did not match ${goQuote(NAME.source)}` }
  }
  if (builtins.includes(name)) return { ...known, Err: `plugin ${goQuote(name)} duplicates builtin command` }
  try {
    const { metadata, fault } = decode(await printedMetadata(path))
    return { ...metadata, ...known, ...(fault === '' ? {} : { Err: fault }) }
  } catch (error) {
    return { ...known, Err: `failed to fetch metadata: ${messageOf(error)}` }
  }
}

/** Returns the metadata that a plugin prints. @throws Error with Go's message if it cannot be run or fails */
async function printedMetadata(path: string): Promise<string> {
  const env = pluginEnvironment(process.env)
  const result = await collectOutput(path, ['docker-cli-plugin-metadata'], { stderr: 'ignore', env }).catch(
    (error: unknown) => {
      if (error instanceof ProgramError || codeOf(error) === undefined) throw error
      throw new Error(pathErrorText('fork/exec', path, error), { cause: error })
    },
  )
  if (result.exitCode === 0) return result.stdout
  throw new Error(describeExit(result))
}

/** Parses metadata as far as it is valid, and returns what is wrong with the rest. */
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
  const fields: Partial<Record<(typeof KEYS)[number], string>> = {}
  let mistyped = ''
  for (const [name, value] of Object.entries(data ?? {})) {
    // Go ignores the case of keys.
    const key = KEYS.find((known) => known.toLowerCase() === name.toLowerCase())
    if (key === undefined || value === null) continue
    if (typeof value === 'string') fields[key] = value
    else mistyped ||= `json: cannot unmarshal ${jsonType(value)} into Go struct field Metadata.${key} of type string`
  }
  // docker's JSON has this order, and omits empty fields.
  const metadata = Object.fromEntries(KEYS.flatMap((key) => (fields[key] ? [[key, fields[key]]] : [])))
  return { metadata, fault: mistyped === '' ? faultOf(metadata) : `invalid metadata: ${mistyped}` }
}

function faultOf({ SchemaVersion = '', Vendor }: PluginMetadata): string {
  return schemaFault(SchemaVersion) || (Vendor === undefined ? 'plugin metadata does not define a vendor' : '')
}

/**
 * Returns what is wrong with the version of a plugin's schema. Plugins of 0.x and 1.x are accepted, as by docker 28.4 and
 * newer (docker/cli cli-plugins/manager.validateSchemaVersion); before, only those of 0.1.0 were.
 */
function schemaFault(version: string): string {
  if (version === '') return 'plugin SchemaVersion version cannot be empty'
  const [, major] = /^([+-]?\d+)\./.exec(version) ?? []
  const described = `plugin SchemaVersion ${goQuote(version)}`
  if (major === undefined) return `${described} has wrong format: must be <major>.<minor>.<patch>`
  return Number(major) > 1 ? `${described} is not supported: must be lower than 2.0.0` : ''
}
