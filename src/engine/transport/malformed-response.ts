/** A response that violates HTTP. The message is that of Go's client. */
export class MalformedResponseError extends Error {}
