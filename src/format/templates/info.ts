import { decode, parseJson } from '../../gotemplate/template.ts'
import { FormatError } from '../error.ts'
import { type CompiledFormat, compileFormat, type Output } from './compile.ts'
import { COMMON_TYPES } from './types/common.ts'
import { declaredType } from './types/declare.ts'
import { INFO_TYPES } from './types/info.ts'
import { SWARM_COMMON_TYPES } from './types/swarm.ts'
import { CLIENT_VERSION_TYPES } from './types/version.ts'

/** A format of `info`. */
export interface InfoTemplate {
  /** Whether the template needs fields of the daemon, so that it must be requested. */
  readonly needsDaemon: boolean
  /**
   * Formats the information. `output` is undefined when the template cannot be parsed, which docker reports after the
   * request.
   * @param daemon the body of the daemon's response; `{}` if the request failed
   * @param errors the errors of requests to the daemon
   */
  readonly format: (daemon: string, errors: readonly string[]) => Output | { output: undefined; problem: FormatError }
}

const DECLARATIONS = [COMMON_TYPES, SWARM_COMMON_TYPES, CLIENT_VERSION_TYPES, INFO_TYPES]

/** docker takes a template for one without fields, which needs the daemon, unless it matches this. */
const FIELD = /\.[a-zA-Z]/

/**
 * Compiles a format of `info` (docker/cli system.runInfo).
 * @param client docker's type ClientInfo, as JSON
 */
export function infoTemplate(format: string, client: string): InfoTemplate {
  const compiled = compileOrError(format === 'json' ? '{{json .}}' : format)
  if (compiled instanceof FormatError) {
    return { needsDaemon: true, format: () => ({ output: undefined, problem: compiled }) }
  }
  const clientOnly = decode(declaredType(DECLARATIONS, 'system.sparseInfo'), parseJson(`{"ClientInfo":${client}}`))
  return {
    needsDaemon: !FIELD.test(format) || compiled.tryExecute(clientOnly).problem !== undefined,
    format: (daemon, errors) => {
      const members = [daemon.trim().slice(1, -1), `"ClientInfo":${client}`]
      if (errors.length > 0) members.push(`"ServerErrors":${JSON.stringify(errors)}`)
      const json = `{${members.filter((member) => member.trim() !== '').join(',')}}`
      return compiled.tryExecute(decode(declaredType(DECLARATIONS, 'system.dockerInfo'), parseJson(json)))
    },
  }
}

function compileOrError(format: string): CompiledFormat | FormatError {
  try {
    return compileFormat(format, { parseErrorCode: 64 })
  } catch (error) {
    if (error instanceof FormatError) return error
    throw error
  }
}
