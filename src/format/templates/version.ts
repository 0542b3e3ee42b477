import type { ClientVersion, DaemonVersion } from '../../domain/system/version.ts'
import { TemplateError } from '../../gotemplate/error.ts'
import { type Template, template } from '../../gotemplate/template.ts'
import { decode } from '../../gotemplate/values/decode.ts'
import { parseJson } from '../../gotemplate/values/json-parse.ts'
import { schema } from '../../gotemplate/values/schema.ts'
import { compareText, type GoFunc, goStrings, type Value } from '../../gotemplate/values/value.ts'
import { FormatError } from '../error.ts'
import { VERSION_TYPES } from './types/version.ts'

const TYPES = schema(VERSION_TYPES)

/** docker's `getDetailsOrder`: the keys of a component's details, sorted. */
const detailsOrder: GoFunc = {
  parameters: [TYPES.get('types.ComponentVersion') ?? { kind: 'struct', name: 'types.ComponentVersion' }],
  call: ([component]) => {
    const details = component?.kind === 'struct' ? component.fields.get('Details') : undefined
    return goStrings([...((details?.kind === 'map' ? details.entries : undefined)?.keys() ?? [])].sort(compareText))
  },
}

/** Writes versions by a template; what was written before a problem stays. */
type WriteVersions = (
  client: ClientVersion,
  daemon: DaemonVersion | undefined,
) => { readonly output: string; readonly problem?: FormatError }

/** @throws FormatError with exit code 64 for a template that cannot be read */
export function versionTemplate(format: string): WriteVersions {
  const parsed = readable(format === 'json' ? '{{json .}}' : format)
  return (client, daemon) => {
    try {
      return { output: parsed.execute(versionInfo(client, daemon)) }
    } catch (error) {
      if (error instanceof TemplateError) return { output: error.written, problem: new FormatError(error.message) }
      throw error
    }
  }
}

function readable(format: string): Template {
  try {
    return template(format, 'version', new Map([['getDetailsOrder', detailsOrder]]))
  } catch (error) {
    if (error instanceof TemplateError) throw new FormatError(`template parsing error: ${error.message}`, 64)
    throw error
  }
}

function versionInfo(client: ClientVersion, daemon: DaemonVersion | undefined): Value {
  const { version, apiVersion, defaultApiVersion, gitCommit, goVersion, os, arch, buildTime, context } = client
  const Client = {
    Version: version,
    ApiVersion: apiVersion,
    DefaultAPIVersion: defaultApiVersion,
    GitCommit: gitCommit,
    GoVersion: goVersion,
    Os: os,
    Arch: arch,
    BuildTime: buildTime,
    Context: context,
  }
  const type = TYPES.get('system.versionInfo')
  const json = parseJson(JSON.stringify({ Client, Server: daemon ?? null }))
  return type === undefined ? json : decode(type, json)
}
