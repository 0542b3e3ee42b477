import { TemplateError } from '../../gotemplate/error.ts'
import { type Template, template } from '../../gotemplate/template.ts'
import { declared } from '../../gotemplate/values/declared.ts'
import { decode } from '../../gotemplate/values/decode.ts'
import { parseJson } from '../../gotemplate/values/json-parse.ts'
import { FormatError } from '../error.ts'
import { COMMON_TYPES } from './types/common.ts'
import { INFO_TYPES } from './types/info.ts'
import { SWARM_COMMON_TYPES } from './types/swarm-common.ts'
import { CLIENT_VERSION_TYPES } from './types/version.ts'

/** What a template wrote, and why that may not be all. */
interface Written {
  /** Undefined for a template that cannot be read. */
  readonly output: string | undefined
  readonly problem?: FormatError
}

/** A template of `info`. */
export interface InfoTemplate {
  /** Whether the client alone cannot fill it, so that the daemon must be asked. */
  readonly needsDaemon: boolean
  /** @param daemon the daemon's response, as JSON; `{}` when it could not be asked */
  readonly write: (daemon: string, errors: readonly string[]) => Written
}

const DECLARATIONS = [COMMON_TYPES, SWARM_COMMON_TYPES, CLIENT_VERSION_TYPES, INFO_TYPES]

/**
 * Compiles a format of `info`.
 * @param client the ClientInfo of docker's type, as JSON
 */
export function infoTemplate(format: string, client: string): InfoTemplate {
  const parsed = parse(format === 'json' ? '{{json .}}' : format)
  const clientOnly = decode(declared(DECLARATIONS, 'system.sparseInfo'), parseJson(`{"ClientInfo":${client}}`))
  return {
    needsDaemon: !NAMES_FIELD.test(format) || parsed instanceof FormatError || !fits(parsed, clientOnly),
    write: (daemon, errors) => {
      if (parsed instanceof FormatError) return { output: undefined, problem: parsed }
      const members = [daemon.trim().slice(1, -1), `"ClientInfo":${client}`]
      if (errors.length > 0) members.push(`"ServerErrors":${JSON.stringify(errors)}`)
      const json = `{${members.filter((member) => member.trim() !== '').join(',')}}`
      return written(parsed, () => decode(declared(DECLARATIONS, 'system.dockerInfo'), parseJson(json)))
    },
  }
}

/** docker looks for a field in the text; without one, as in `json`, the daemon is needed. */
const NAMES_FIELD = /\.[a-zA-Z]/

function parse(format: string): Template | FormatError {
  try {
    return template(format)
  } catch (error) {
    if (error instanceof TemplateError) return new FormatError(`template parsing error: ${error.message}`, 64)
    throw error
  }
}

function fits(parsed: Template, data: ReturnType<typeof decode>): boolean {
  return written(parsed, () => data).problem === undefined
}

function written(parsed: Template, data: () => ReturnType<typeof decode>): Written {
  try {
    return { output: parsed.execute(data()) }
  } catch (error) {
    if (error instanceof TemplateError) return { output: error.written, problem: new FormatError(error.message) }
    throw error
  }
}
