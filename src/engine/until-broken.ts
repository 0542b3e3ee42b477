/** What people who know docker know of an answer that ends before its end. */
export const CUT_OFF = 'unexpected EOF'

/**
 * An answer's bytes as they arrive.
 * @throws Error in Go's words when the connection breaks off, which Node calls "aborted"
 */
export async function* untilBroken<T extends Uint8Array>(bytes: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* bytes
  } catch (error) {
    throw new Error(CUT_OFF, { cause: error })
  }
}
