import { parseCsvRecord } from '../go/csv.ts'
import { type Int64, parseGoUint } from '../go/int.ts'
import { goQuote } from '../go/quote.ts'
import { splitKeyValue } from '../key-value.ts'
import type { FileTarget } from './service.ts'

/** A secret or config by its name, and its file in the containers. */
export interface ServiceFile {
  readonly source: string
  readonly target: FileTarget
}

const READABLE = 0o444
const MODE_LIMIT = 2 ** 32

/**
 * Parses one `--secret` or `--config`: a name, or `source=…[,target=…][,uid=…][,gid=…][,mode=…]`.
 * @throws Error with docker's reason
 */
export function parseServiceFile(text: string, kind: 'secret' | 'config'): ServiceFile {
  const fields = parseCsvRecord(text)
  const target: FileTarget = { Name: '', UID: '0', GID: '0', Mode: READABLE }
  const [only = ''] = fields
  if (fields.length === 1 && !only.includes('=')) return { source: only, target: { ...target, Name: only } }
  let source = ''
  for (const field of fields) {
    const { key, value } = splitKeyValue(field)
    if (value === undefined || key === '') throw new Error(`invalid field '${field}' must be a key=value pair`)
    switch (key.toLowerCase()) {
      case 'source':
      case 'src':
        source = value
        break
      case 'target':
        target.Name = value
        break
      case 'uid':
        target.UID = value
        break
      case 'gid':
        target.GID = value
        break
      case 'mode':
        target.Mode = parseFileMode(value)
        break
      default:
        throw new Error(`invalid field in ${kind} request: ${key}`)
    }
  }
  if (source === '') throw new Error('source is required')
  return { source, target: { ...target, Name: target.Name || source } }
}

function parseFileMode(text: string): number {
  const mode = parseMode(text)
  if (mode >= MODE_LIMIT) {
    throw new Error(`invalid mode specified: strconv.ParseUint: parsing ${goQuote(text)}: value out of range`)
  }
  return Number(mode)
}

function parseMode(text: string): Int64 {
  try {
    return parseGoUint(text, 64)
  } catch (error) {
    throw new Error(`invalid mode specified: ${error instanceof Error ? error.message : ''}`, { cause: error })
  }
}
