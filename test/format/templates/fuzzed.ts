import { inspection } from '../../../src/format/inspect.ts'
import { printable } from '../../../src/format/output.ts'
import { containerView } from '../../../src/format/views/container/list.ts'
import { read, TEMPLATE_ROWS } from '../cases/lists.ts'
import { type Response, responseOf } from '../golden.ts'

/** A template, and the command it is tried on. */
export interface Fuzzed {
  readonly on: 'ps' | 'inspect'
  readonly template: string
}

/** The output of docker for random templates. */
export const FUZZED = new URL('../golden/fuzz.json', import.meta.url)

/** What tug responses. */
export function ours({ on, template }: Fuzzed): Promise<Response> {
  return on === 'ps' ? listed(template) : inspected(template)
}

async function listed(format: string): Promise<Response> {
  const options = { format, quiet: false, noTrunc: true, size: false }
  return responseOf(async () => {
    return text((await containerView(options)).render(TEMPLATE_ROWS, new Date()))
  })
}

/** What does not fit is told at the end, and the output is a line all the same. */
async function inspected(format: string): Promise<Response> {
  let told = ''
  const response = await responseOf(async () => {
    const objects = await inspection(format)
    const added = await responseOf(async () => {
      objects.add(read('container.json'), 'container')
      return ''
    })
    told = added.stderr
    return text(objects.output())
  })
  return told === '' ? response : { ...response, stderr: told, exitCode: 1 }
}

function text(output: string): string {
  const bytes = printable(output)
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()
}

/** Addresses of memory are others in every run. */
export function comparable({ stdout, stderr, exitCode }: Response): Response {
  const hidden = (text: string) => text.replace(/0xc[0-9a-f]{6,}|\bc000[0-9a-f]{6}\b|8246\d{8}/g, '<address>')
  return { stdout: hidden(stdout), stderr: hidden(stderr), exitCode }
}
