import { realpathSync } from 'node:fs'
import { hostname } from 'node:os'
import { bytePath } from '../../../archive/byte-path.ts'
import { osPath } from '../../../domain/go/bytes.ts'
import type { Connection } from '../../../engine/connection.ts'
import { sha256 } from '../../../files/sha256.ts'
import type { Announce } from '../common/announce.ts'
import { newBuildRef } from '../common/ids.ts'
import type { Output, SessionProviders } from '../common/solve-request.ts'
import { upgradeToHttp2 } from '../common/upgrade.ts'
import { type Methods, serve } from '../grpc/server.ts'
import { serveAuth } from './auth.ts'
import { serveContent } from './content.ts'
import { serveFileSend } from './file-send.ts'
import { serveFileSync } from './file-sync.ts'
import { serveHealth } from './health.ts'
import { serveSecrets } from './secrets.ts'
import { serveSsh } from './ssh.ts'
import { serveUpload } from './upload.ts'

export interface SessionOptions {
  readonly connection: Connection
  readonly providers: SessionProviders
  /** The outputs by the index of their exporter in the request. */
  readonly outputs: ReadonlyMap<number, Output>
  readonly announce: Announce
  /** Called with the error when an output cannot be written. */
  readonly onOutputFailure: (error: unknown) => void
  /** Aborts the opening of the session. */
  readonly signal: AbortSignal
}

/** A connection over which the daemon requests what a build needs. */
export interface Session {
  readonly id: string
  close(): void
}

/**
 * Opens a session: announces the available methods to the daemon, which then is the client of the connection.
 * @throws EngineError ConnectionError
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { connection, providers, signal } = options
  const methods = methodsFor(options)
  const id = newBuildRef()
  const call = {
    path: '/session',
    headers: {
      'X-Docker-Expose-Session-Uuid': id,
      // A header is bytes, of which Node takes those of latin1.
      'X-Docker-Expose-Session-Name': bytePath(providers.name),
      'X-Docker-Expose-Session-Sharedkey': providers.sharedKey ?? sharedKey(providers),
      'X-Docker-Expose-Session-Grpc-Method': Object.keys(methods),
    },
  }
  const daemonConnection = serve(await upgradeToHttp2(connection, call, signal), methods, 'session closed')
  return { id, close: () => daemonConnection.close() }
}

/**
 * Returns the key of the context. docker uses the directory's last name, so that two projects in `app` share a copy.
 */
function sharedKey({ directories }: SessionProviders): string {
  const path = directories.context?.path
  return path === undefined ? '' : sha256(`${hostname()}:${realpathSync.native(osPath(path), { encoding: 'latin1' })}`)
}

function methodsFor({ providers, outputs, announce, onOutputFailure }: SessionOptions): Methods {
  return {
    ...serveHealth(),
    ...serveAuth(providers, announce),
    ...(isEmpty(providers.directories) ? {} : serveFileSync(providers.directories)),
    ...(isEmpty(providers.secrets) ? {} : serveSecrets(providers.secrets)),
    // Served without agents too, as in docker, so that the error for a missing one is the same.
    ...serveSsh(providers.agents),
    ...(isEmpty(providers.uploads) ? {} : serveUpload(providers.uploads)),
    ...(isEmpty(providers.stores) ? {} : serveContent(providers.stores)),
    ...(outputs.size === 0 ? {} : serveFileSend(outputs, onOutputFailure)),
  }
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0
}
