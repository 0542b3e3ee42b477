import { splitKeyValue } from './key-value.ts'

/**
 * Checks one `--label`, `key[=value]`.
 * @throws Error with docker's reason
 */
export function checkLabel(text: string): string {
  const { key } = splitKeyValue(text)
  const name = key.trimStart()
  if (name === '') throw new Error(`invalid label '${text}': empty name`)
  if (/[ \t]/.test(name)) throw new Error(`label '${name}' contains whitespaces`)
  return text
}
