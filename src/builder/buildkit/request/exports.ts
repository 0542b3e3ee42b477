import { fieldsOf, keyAndValue } from './fields.ts'

/** One `--output`, as it was typed. */
export interface TypedExport {
  readonly type: string
  /** Where it goes on this machine; `-` is stdout; empty where it is not given. */
  readonly destination: string
  readonly attributes: Readonly<Record<string, string>>
}

/**
 * Reads `--output`: a CSV record of keys and values, or a directory alone; `-` is an archive on stdout.
 * @throws Error in buildx's words
 */
export function readExports(texts: readonly string[]): readonly TypedExport[] {
  return texts.filter((text) => text !== '').map(readExport)
}

function readExport(text: string): TypedExport {
  const fields = fieldsOf(text)
  if (fields.length === 1 && fields[0] === text && !text.startsWith('type=')) {
    return { type: text === '-' ? 'tar' : 'local', destination: text, attributes: {} }
  }
  let type = ''
  let destination = ''
  const attributes: Record<string, string> = {}
  for (const field of fields) {
    const [key, value] = keyAndValue(field)
    const name = key.toLowerCase().trim()
    if (name === 'type') type = value
    else if (name === 'dest') destination = value
    else attributes[name] = value
  }
  if (type === '') throw new Error('type is required for output')
  return { type, destination, attributes }
}
