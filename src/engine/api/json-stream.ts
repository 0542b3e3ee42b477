import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import { asObject } from './shape.ts'

/** Go's error for a stream that ends within a value. */
const UNEXPECTED_EOF = 'unexpected EOF'

/**
 * Parses the messages of a streamed response. Daemons send one JSON object per line, but chunks may split a line, an
 * object may span several lines or share one, and the last newline may be missing.
 * @throws Error with Go's message: `unexpected EOF` when the stream ends within a message
 */
export async function* readJsonStream<T extends object = JsonMessage>(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<T> {
  for await (const text of readJsonTexts(bytes)) {
    yield asObject<T>(JSON.parse(text), 'jsonmessage.JSONMessage')
  }
}

/**
 * Splits a streamed response into messages like `readJsonStream`, but yields their text: some of the daemon's
 * integers are too large for JavaScript's numbers.
 * @throws Error with Go's message
 */
export async function* readJsonTexts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = ''
    for (const [index, line] of lines.entries()) {
      rest = yield* splitMessages(rest + line)
      if (rest !== '' && index < lines.length - 1) rest += '\n'
    }
  }
  if (rest.trim() !== '') throw new Error(UNEXPECTED_EOF)
}

/** Yields the complete messages of a text and returns the rest. @throws Error with Go's message for malformed JSON */
function* splitMessages(text: string): Generator<string, string> {
  let rest = text.trimStart()
  while (mayBeComplete(rest.trimEnd())) {
    const end = isJson(rest) ? rest.length : endOfFirstJsonValue(rest)
    if (end < 0) break
    yield rest.slice(0, end)
    rest = rest.slice(end).trimStart()
  }
  const problem = rest === '' ? '' : goJsonError(rest, UNEXPECTED_EOF)
  if (problem !== '' && problem !== UNEXPECTED_EOF) throw new Error(problem)
  return rest
}

/** Whether a text may end with a complete message. An array is not a message, but the caller reports it. */
function mayBeComplete(text: string): boolean {
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
