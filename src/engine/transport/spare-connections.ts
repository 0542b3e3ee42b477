import type { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { openSocket } from './connect-socket.ts'
import { SshAgent } from './ssh-agent.ts'

/**
 * Connections to the daemon that are opened before a request needs them. Opening one takes as long as a request, and with
 * TLS as long as two, which matters when the daemon is far away.
 */
export class SpareConnections {
  readonly #open: () => Duplex
  readonly #unused: Duplex[] = []

  /** @param agent of the requests. It takes a spare connection, if there is one, instead of opening one itself */
  constructor(agent: Agent, endpoint: Endpoint) {
    const createConnection = agent.createConnection.bind(agent)
    this.#open = agent instanceof SshAgent ? () => agent.openConnection() : () => openSocket(endpoint)
    agent.createConnection = (options, created) => this.#unused.shift() ?? createConnection(options, created)
  }

  /** Opens connections. One that breaks is dropped: the request that would have used it reports why. */
  open(count: number): void {
    for (let opened = 0; opened < count; opened++) {
      const connection = this.#open()
      const drop = () => {
        if (this.#unused.includes(connection)) this.#unused.splice(this.#unused.indexOf(connection), 1)
      }
      this.#unused.push(connection.on('error', drop).once('end', drop).once('close', drop))
    }
  }

  /** Closes the connections that no request has used. */
  close(): void {
    for (const connection of this.#unused.splice(0)) connection.destroy()
  }
}
