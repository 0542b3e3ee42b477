import type { VertexWarning } from '../buildkit/status.ts'
import { sourceExcerpt } from './excerpt.ts'

const YELLOW = '\x1b[33m'
const RESET = '\x1b[0m'

/**
 * What a build was warned of, as docker lists it behind the build; empty without warnings. docker colors the head off
 * terminals too, and whatever NO_COLOR says.
 * @param isDebug whether each warning is explained, and the lines shown that it is about
 */
export function warningsText(warnings: readonly VertexWarning[], isDebug: boolean): Uint8Array {
  const [first] = warnings
  if (first === undefined) return new Uint8Array()
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  const head = `\n ${YELLOW}${count} found${isDebug ? '' : ' (use docker --debug to expand)'}:\n${RESET}`
  return joined([head, ...warnings.flatMap((warning) => [...titleOf(warning), ...(isDebug ? explained(warning) : [])])])
}

type Text = string | Uint8Array

function titleOf({ short }: VertexWarning): Text[] {
  return [' - ', short, '\n']
}

function explained({ detail, url, source, ranges }: VertexWarning): Text[] {
  return [
    ...detail.flatMap((line) => [line, '\n']),
    url === '' ? '' : `More info: ${url}\n`,
    source && ranges.length > 0 ? sourceExcerpt(source, ranges) : '',
    '\n',
  ]
}

function joined(texts: readonly Text[]): Uint8Array {
  return Buffer.concat(texts.map((text) => (typeof text === 'string' ? Buffer.from(text) : text)))
}
