import { inspection } from '../../../src/format/inspect.ts'
import { printable } from '../../../src/format/output.ts'
import { containerView } from '../../../src/format/views/container/list.ts'
import { read, TEMPLATE_ROWS } from '../cases/lists.ts'
import { type Response, responseOf } from '../golden.ts'

/** A template and the command that executes it. */
export interface Fuzzed {
  readonly on: 'ps' | 'inspect'
  readonly template: string
}

/** docker's output for the templates that record.ts generated. */
export const FUZZED = new URL('../golden/fuzz.json', import.meta.url)

/** Returns tug's output for a template. */
export function runTug({ on, template }: Fuzzed): Promise<Response> {
  return on === 'ps' ? list(template) : inspect(template)
}

async function list(format: string): Promise<Response> {
  const options = { format, quiet: false, noTrunc: true, size: false }
  return responseOf(async () => {
    return text((await containerView(options)).render(TEMPLATE_ROWS, new Date()))
  })
}

/** Inspects a container. An object that does not fit the template gives an error, and the output is an empty line. */
async function inspect(format: string): Promise<Response> {
  let errors = ''
  const response = await responseOf(async () => {
    const objects = await inspection(format)
    const added = await responseOf(async () => {
      objects.add(read('container.json'), 'container')
      return ''
    })
    errors = added.stderr
    return text(objects.output())
  })
  return errors === '' ? response : { ...response, stderr: errors, exitCode: 1 }
}

function text(output: string): string {
  const bytes = printable(output)
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()
}

/** Replaces memory addresses, which differ from run to run. */
export function comparable({ stdout, stderr, exitCode }: Response): Response {
  const hideAddresses = (text: string) => text.replace(/0xc[0-9a-f]{6,}|\bc000[0-9a-f]{6}\b|8246\d{8}/g, '<address>')
  return { stdout: hideAddresses(stdout), stderr: hideAddresses(stderr), exitCode }
}
