/**
 * node:http and node:https, fetched by name: an ESM import of node:http reads all of its exports, and one of them makes
 * Node load a WebSocket client, which takes as long as Node's own start.
 */
export const http = process.getBuiltinModule('node:http')
export const https = process.getBuiltinModule('node:https')
