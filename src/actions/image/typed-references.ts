import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { canonicalString, type ImageReference, parseReference } from '../../domain/image/reference.ts'

/** An image that was named on the command line. */
export interface TypedReference {
  /** The name as it was typed. */
  readonly name: string
  readonly typed: ImageReference
  /** The image that is meant. */
  readonly reference: ImageReference
}

/**
 * Parses all names before anything is done with one of them. An image that is named twice is returned once.
 * @param meant returns the image that a typed reference means; its errors are reported like those of the parser
 * @throws ExitStatus with docker's message for the first invalid name, in front of which is the name if there are several
 */
export function parseEach(
  names: readonly string[],
  meant: (typed: ImageReference) => ImageReference,
): readonly TypedReference[] {
  const byImage = new Map<string, TypedReference>()
  for (const name of names) {
    const parsed = parseOne(name, meant, names.length > 1 ? `${goQuote(name)}: ` : '')
    const image = canonicalString(parsed.reference)
    if (!byImage.has(image)) byImage.set(image, parsed)
  }
  return [...byImage.values()]
}

function parseOne(name: string, meant: (typed: ImageReference) => ImageReference, lead: string): TypedReference {
  try {
    const typed = parseReference(name)
    return { name, typed, reference: meant(typed) }
  } catch (error) {
    throw new ExitStatus(1, lead + messageOf(error))
  }
}
