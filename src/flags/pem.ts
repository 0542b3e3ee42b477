import { readFileFlag } from './files.ts'
import { type Describe, type ValueFlag, value } from './flag.ts'

/** A file in PEM, whose content is the value; empty where none is named. */
export function pemFile(describe: Describe): ValueFlag<string> {
  return value({ ...describe, valueType: 'pem-file', default: '', read: readPem })
}

function readPem(path: string): string {
  const text = Buffer.from(readFileFlag(path)).toString()
  if (!isPem(text)) throw new Error('file contents must be in PEM format')
  return text
}

/** Whether a text holds a block that Go's `pem.Decode` finds. */
export function isPem(text: string): boolean {
  const block = /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t\r]*\n([\s\S]*?)-----END \1-----/.exec(text)
  const content = (block?.[2] ?? '!').replace(/^(?:[^\n:]+: [^\n]*\n)+\n?/, '')
  return /^[\w+/=\s]*$/.test(content) && !content.includes('_')
}
