import { JsonScanner, JsonSyntaxError, trailingTextError } from './json-scanner.ts'

/**
 * Returns the error of Go's encoding/json for a text that is not JSON, such as `invalid character 'b' looking for beginning
 * of value`; empty for valid JSON. Scripts match these messages, and JavaScript's differ between engines.
 * @param atEnd the message for a text that ends too early; that of Go's Decoder is `unexpected EOF`
 */
export function goJsonError(text: string, atEnd = 'unexpected EOF'): string {
  // The runtime's own parser takes a tenth of the time. It does not have Go's limit of nesting.
  if (text.length <= MAX_SHALLOW_LENGTH && isJson(text)) return ''
  try {
    const scanner = new JsonScanner()
    const end = scanner.scan(text)
    if (end >= 0) return trailingTextError(text, end)
    return scanner.finish() ? '' : atEnd
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message
    throw error
  }
}

/** The length up to which no JSON is nested deeper than 10,000 levels, which is Go's limit. */
const MAX_SHALLOW_LENGTH = 20_000

/** Whether a text is JSON for the runtime's parser, which is fast and has no limit of nesting. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Returns the index where the first JSON value of a text ends; -1 if the text does not begin with a complete value. */
export function endOfFirstJsonValue(text: string): number {
  if (text.length <= MAX_SHALLOW_LENGTH && isJson(text)) return text.trimEnd().length
  try {
    const scanner = new JsonScanner()
    const end = scanner.scan(text)
    return end < 0 && scanner.finish() ? text.length : end
  } catch (error) {
    if (error instanceof JsonSyntaxError) return -1
    throw error
  }
}
