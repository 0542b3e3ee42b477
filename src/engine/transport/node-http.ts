/**
 * node:http without an ESM import. An import reads all exports of node:http, and one of them makes Node load a WebSocket
 * client, which takes as long as starting Node.
 */
export const http = process.getBuiltinModule('node:http')

/** Loads node:https. Only TLS needs it, and loading it with OpenSSL takes as long as starting Node. */
export function loadHttps(): typeof import('node:https') {
  return process.getBuiltinModule('node:https')
}
