import { StringDecoder } from 'node:string_decoder'
import type { JsonMessage } from '../domain/json-message.ts'

/**
 * The messages of a streamed answer, one JSON object a line, as they arrive. A line may come in pieces, and the last
 * one without its newline.
 * @throws Error `unexpected EOF`, Go's words, when the daemon goes away in the middle
 */
export async function* readJsonStream(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonMessage> {
  for await (const line of lines(bytes)) {
    if (line.trim() !== '') yield parseMessage(line)
  }
}

async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  try {
    for await (const chunk of bytes) {
      const parts = (rest + decoder.write(chunk)).split('\n')
      rest = parts.pop() ?? ''
      yield* parts
    }
  } catch (error) {
    // What came before the connection broke off may be a whole message.
    yield rest
    // Node calls such a connection "aborted"; people know Go's words.
    throw new Error('unexpected EOF', { cause: error })
  }
  yield rest + decoder.end()
}

function parseMessage(line: string): JsonMessage {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new Error('unexpected EOF', { cause: error })
  }
}
