import { inspection } from '../../../src/format/inspect.ts'
import { printable } from '../../../src/format/output.ts'
import { containerView } from '../../../src/format/views/container/list.ts'
import { read, TEMPLATE_ROWS } from '../cases/lists.ts'
import { type Answer, answerOf } from '../golden.ts'

/** A template, and the command it is tried on. */
export interface Fuzzed {
  readonly on: 'ps' | 'inspect'
  readonly template: string
}

/** What docker answered to templates that fuzz.ts made up. */
export const FUZZED = new URL('../golden/fuzz.json', import.meta.url)

/** What tug answers. */
export function ours({ on, template }: Fuzzed): Promise<Answer> {
  return on === 'ps' ? listed(template) : inspected(template)
}

async function listed(format: string): Promise<Answer> {
  const options = { format, quiet: false, noTrunc: true, size: false }
  return answerOf(async () => {
    return text((await containerView(options)).render(TEMPLATE_ROWS, new Date()))
  })
}

/** What does not fit is told at the end, and the output is a line all the same. */
async function inspected(format: string): Promise<Answer> {
  let told = ''
  const answer = await answerOf(async () => {
    const objects = await inspection(format)
    const added = await answerOf(async () => {
      objects.add(read('container.json'), 'container')
      return ''
    })
    told = added.stderr
    return text(objects.output())
  })
  return told === '' ? answer : { ...answer, stderr: told, exitCode: 1 }
}

function text(output: string): string {
  const bytes = printable(output)
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()
}

/** Addresses of memory are others in every run. */
export function comparable({ stdout, stderr, exitCode }: Answer): Answer {
  const hidden = (text: string) => text.replace(/0xc[0-9a-f]{6,}|\bc000[0-9a-f]{6}\b|8246\d{8}/g, '<address>')
  return { stdout: hidden(stdout), stderr: hidden(stderr), exitCode }
}
