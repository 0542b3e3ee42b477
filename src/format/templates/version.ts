import type { ClientVersion, DaemonVersion } from '../../domain/system/version.ts'
import { compareText, decode, type GoFunc, goStrings, parseJson, type Value } from '../../gotemplate/template.ts'
import { compileFormat, type Output } from './compile.ts'
import { FUNCTIONS } from './functions.ts'
import { declaredType } from './types/declare.ts'
import { VERSION_TYPES } from './types/version.ts'

/** docker's `getDetailsOrder`, which returns the sorted keys of a component's details. */
const detailsOrder: GoFunc = {
  parameters: [declaredType([VERSION_TYPES], 'types.ComponentVersion')],
  call: ([component]) => {
    const details = component?.kind === 'struct' ? component.fields.get('Details') : undefined
    return goStrings([...((details?.kind === 'map' ? details.entries : undefined)?.keys() ?? [])].sort(compareText))
  },
}

/**
 * Compiles a format of `version`. Returns a function that formats the versions (docker/cli system.newVersionTemplate).
 * @throws FormatError with exit code 64 when the template cannot be parsed
 */
export function versionTemplate(format: string): (client: ClientVersion, daemon: DaemonVersion | undefined) => Output {
  const compiled = compileFormat(format === 'json' ? '{{json .}}' : format, {
    name: 'version',
    functions: new Map([...FUNCTIONS, ['getDetailsOrder', detailsOrder]]),
    parseErrorCode: 64,
  })
  return (client, daemon) => compiled.tryExecute(versionInfo(client, daemon))
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
  const json = parseJson(JSON.stringify({ Client, Server: daemon ?? null }))
  return decode(declaredType([VERSION_TYPES], 'system.versionInfo'), json)
}
