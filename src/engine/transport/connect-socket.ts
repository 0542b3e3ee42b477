import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Endpoint, joinHostPort } from '../../domain/context/endpoint.ts'
import { serverName, tlsOptions } from './tls-options.ts'
import type { RawConnection } from './wire.ts'

/**
 * Connects to a daemon over TCP, with TLS where the endpoint has it. `end()` half-closes the
 * connection.
 * @throws Error with Node's code
 */
export async function connectSocket(endpoint: Endpoint): Promise<RawConnection> {
  const socket = openSocket(endpoint)
  await once(socket, endpoint.tls === undefined ? 'connect' : 'secureConnect')
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket
  const local = joinHostPort(localAddress, `${localPort}`)
  return { socket, name: `tcp ${local}->${joinHostPort(remoteAddress, `${remotePort}`)}` }
}

/** Starts to connect to a daemon over TCP, with TLS where the endpoint has it. */
export function openSocket({ address, tls }: Endpoint): Socket {
  if (address.kind !== 'tcp') throw new TypeError(`this is no connection for an endpoint of kind ${address.kind}`)
  const { hostname: host, port } = address
  if (tls === undefined) return connect({ host, port })
  const { connect: connectTls } = process.getBuiltinModule('node:tls')
  return connectTls({ ...tlsOptions(tls), host, port, servername: serverName(host) })
}
