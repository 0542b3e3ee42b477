/** Finds out why a TLS handshake failed. */
import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { isNotTls, NO_TLS_RECORD } from '../domain/context/tls-error.ts'

interface Server {
  /** An IPv6 address is in brackets. */
  readonly hostname: string
  readonly port: number
}

/** How long a server may take to show its reason, in milliseconds. */
const PATIENCE = 3000

/** The length of `HTTP/`, by which Go recognizes a server without TLS. */
const PREFIX_LENGTH = 5

/** The header of a TLS record with an empty line in it. A web server without TLS rejects it at once. */
const PROBE = Buffer.from('\x16\x03\x01\x00\x04\r\n\r\n', 'latin1')

/**
 * Returns an error with the reason of a failed handshake. Bun's `fetch` has one error for all reasons, and Node has one for
 * all servers that do not speak TLS, although docker distinguishes them. The server is therefore connected to again; no
 * request is sent.
 * @param error of the request
 * @returns the same error if the server does not show a reason
 */
export async function diagnoseHandshake(error: unknown, server: Server, settings: ConnectionOptions): Promise<unknown> {
  const host = server.hostname.replace(/^\[|\]$/g, '')
  const reason = 'Bun' in globalThis ? await shakeHands(host, server.port, settings) : error
  if (reason === undefined) return error
  if (!isNotTls(reason)) return reason
  const start = await readStart(host, server.port)
  if (start === '' || start.startsWith('HTTP/')) return reason
  return Object.assign(new Error('the server does not speak TLS', { cause: error }), { code: NO_TLS_RECORD })
}

/** Returns the error with which a handshake ends; undefined if there is none. */
function shakeHands(host: string, port: number, settings: ConnectionOptions): Promise<unknown> {
  return new Promise((resolve) => {
    const servername = isIP(host) === 0 ? { servername: host } : {}
    const socket = connectTls({ ...settings, ...servername, host, port })
    socket.on('error', resolve)
    endWith(socket, () => resolve(undefined))
  })
}

/** Returns the first bytes that a server sends without TLS; empty if it sends none. */
function readStart(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    let start = ''
    const socket = connectTcp({ host, port }, () => socket.write(PROBE))
    socket.on('error', () => resolve(start))
    socket.on('data', (bytes: Buffer) => {
      start += bytes.subarray(0, PREFIX_LENGTH).toString('latin1')
      if (start.length >= PREFIX_LENGTH) socket.destroy()
    })
    endWith(socket, () => resolve(start))
  })
}

/** Calls back when a connection is closed, at the latest after the patience with it has ended. */
function endWith(socket: Socket, onEnd: () => void): void {
  const timer = setTimeout(() => socket.destroy(), PATIENCE)
  socket.on('close', () => {
    clearTimeout(timer)
    onEnd()
  })
}
