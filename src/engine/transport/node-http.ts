/**
 * node:http and node:https without an ESM import. An import reads all exports of node:http, and one of them makes Node
 * load a WebSocket client, which takes as long as starting Node.
 */
export const http = process.getBuiltinModule('node:http')
export const https = process.getBuiltinModule('node:https')
