import { once } from 'node:events'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { type Endpoint, joinHostPort } from '../../domain/context/endpoint.ts'
import { tlsOptions } from './tls-options.ts'
import type { RawConnection } from './wire.ts'

/**
 * Connects to a daemon over TCP, with TLS where the endpoint has it. `end()` half-closes the
 * connection.
 * @throws Error with Node's code
 */
export async function connectSocket({ address, tls }: Endpoint): Promise<RawConnection> {
  if (address.kind !== 'tcp') throw new TypeError(`this is no connection for an endpoint of kind ${address.kind}`)
  const { hostname: host, port } = address
  if (tls === undefined) return namedByAddresses(await connected(connect({ host, port }), 'connect'))
  const servername = isIP(host) === 0 ? host : ''
  return namedByAddresses(await connected(connectTls({ ...tlsOptions(tls), host, port, servername }), 'secureConnect'))
}

async function connected(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
  await once(socket, event)
  return socket
}

function namedByAddresses(socket: Socket): RawConnection {
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket
  const local = joinHostPort(localAddress, `${localPort}`)
  return { socket, name: `tcp ${local}->${joinHostPort(remoteAddress, `${remotePort}`)}` }
}
