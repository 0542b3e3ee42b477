import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import { asObject } from './shape.ts'

const CUT_OFF = 'unexpected EOF'

/**
 * The messages of a streamed response as they arrive. Daemons send one JSON object a line; a line may come in pieces, an
 * object may spread over lines or share one, and the last may lack its newline.
 * @throws Error in Go's words: `unexpected EOF` when the daemon goes away in the middle
 */
export async function* readJsonStream<T extends object = JsonMessage>(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<T> {
  for await (const text of readJsonTexts(bytes)) {
    yield asObject<T>(JSON.parse(text), 'jsonmessage.JSONMessage')
  }
}

/**
 * As `readJsonStream`, each message as the daemon wrote it: JavaScript's numbers are too small for some of a daemon's.
 * @throws Error in Go's words
 */
export async function* readJsonTexts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = ''
    for (const [at, line] of lines.entries()) {
      rest = yield* textsIn(rest + line)
      if (rest !== '' && at < lines.length - 1) rest += '\n'
    }
  }
  if (rest.trim() !== '') throw new Error(CUT_OFF)
}

/** The messages that stand whole in a text; returns what is left behind them. @throws Error for what becomes no JSON */
function* textsIn(text: string): Generator<string, string> {
  let rest = text.trimStart()
  while (mayEnd(rest.trimEnd())) {
    const end = isJson(rest) ? rest.length : endOfFirstJsonValue(rest)
    if (end < 0) break
    yield rest.slice(0, end)
    rest = rest.slice(end).trimStart()
  }
  const fault = rest === '' ? '' : goJsonError(rest, CUT_OFF)
  if (fault !== '' && fault !== CUT_OFF) throw new Error(fault)
  return rest
}

/** Messages are objects; a list is none, and whoever reads it says so. */
function mayEnd(text: string): boolean {
  return text.endsWith('}') || text.endsWith(']')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
