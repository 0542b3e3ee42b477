import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Response {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Sends an HTTP request to a unix socket (`socketPath`) or a port and reads the whole response. */
export function request(options: RequestOptions, body?: string | Readable): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ agent: false, ...options }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    sent.on('error', reject)
    if (body === undefined || typeof body === 'string') sent.end(body)
    else body.on('error', reject).pipe(sent)
  })
}

/**
 * Calls `attempt` until it returns a value.
 * @throws Error with the message of `failure` when `isOver` returns true, or after `timeout` milliseconds
 */
export async function until<T>(options: {
  attempt: () => Promise<T | undefined>
  failure: () => string
  isOver?: () => boolean
  timeout: number
}): Promise<T> {
  const deadline = Date.now() + options.timeout
  for (;;) {
    const response = await options.attempt().catch(() => undefined)
    if (response !== undefined) return response
    if (Date.now() > deadline || options.isOver?.()) throw new Error(options.failure())
    await sleep(50)
  }
}
