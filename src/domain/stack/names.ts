import { type Filters, withFilter } from '../filter.ts'
import { goQuote } from '../go/quote.ts'

/** The label of everything that belongs to a stack; its value is the stack's name. */
export const STACK_LABEL = 'com.docker.stack.namespace'
/** The label of a service with the image that its Compose file names. */
export const IMAGE_LABEL = 'com.docker.stack.image'

/** Returns the name of an object of a stack. */
export function scopedName(stack: string, name: string): string {
  return `${stack}_${name}`
}

/** Returns labels with that of the stack. */
export function withStackLabel(stack: string, labels: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...labels, [STACK_LABEL, stack]])
}

/** Returns the filter that selects the objects of a stack, together with other filters. */
export function stackFilter(stack: string, filters: Filters = {}): Filters {
  return withFilter(filters, 'label', `${STACK_LABEL}=${stack}`)
}

/** @throws Error with docker's message for a name that consists of white space and quotes */
export function checkStackName(name: string): void {
  if (/^[\p{White_Space}'"]*$/u.test(name)) throw new Error(`invalid stack name: ${goQuote(name)}`)
}
