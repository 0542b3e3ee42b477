import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { AnswerCutError } from '../../domain/errors.ts'
import type { AnswerHead } from './refusal.ts'

/** An answer that is read as it arrives, no faster than it is asked for. */
export interface StreamedAnswer extends AnswerHead {
  /** May be read once; who stops early lets go of the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/** A connection handed over for raw bytes both ways. */
export interface Upgrade extends AnswerHead {
  readonly socket: Duplex
}

/** The head of an answer of node:http's. */
export function headOf({ statusCode = 0, statusMessage: statusText = '', headers }: IncomingMessage): AnswerHead {
  return { statusCode, statusText, header: (name) => asText(headers[name]) }
}

/** An answer of node:http's. */
export function streamedAnswer(response: IncomingMessage): StreamedAnswer {
  return { ...headOf(response), body: response }
}

function asText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '')
}

/** The bytes of a body. @throws AnswerCutError in Go's words when it breaks off, whatever the runtime calls that */
export async function* untilCut(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new AnswerCutError('unexpected EOF', { cause })
  }
}
