import { endOfFirstJsonValue, goJsonError } from '../domain/go-json.ts'
import type { JsonMessage } from '../domain/json-message.ts'
import { asObject } from './shape.ts'

const CUT_OFF = 'unexpected EOF'

/**
 * The messages of a streamed answer as they arrive. Daemons send one JSON object a line; a line may come in pieces, an
 * object may spread over lines or share one, and the last may lack its newline.
 * @throws Error in Go's words: `unexpected EOF` when the daemon goes away in the middle
 */
export async function* readJsonStream<T extends object = JsonMessage>(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<T> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = ''
    for (const [at, line] of lines.entries()) {
      rest = yield* messagesIn<T>(rest + line)
      if (rest !== '' && at < lines.length - 1) rest += '\n'
    }
  }
  if (rest.trim() !== '') throw new Error(CUT_OFF)
}

/** The messages that stand whole in a text; returns what is left behind them. @throws Error for what becomes no JSON */
function* messagesIn<T extends object>(text: string): Generator<T, string> {
  let rest = text.trimStart()
  while (rest.trimEnd().endsWith('}')) {
    const end = isJson(rest) ? rest.length : endOfFirstJsonValue(rest)
    if (end < 0) break
    yield asObject<T>(JSON.parse(rest.slice(0, end)), 'jsonmessage.JSONMessage')
    rest = rest.slice(end).trimStart()
  }
  const fault = rest === '' ? '' : goJsonError(rest, CUT_OFF)
  if (fault !== '' && fault !== CUT_OFF) throw new Error(fault)
  return rest
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
