import { readFileSync } from 'node:fs'
import type { Cli } from '../../cli/cli.ts'
import { type ContextEndpoint, findEndpoint, type TlsFiles } from '../../config/context-store.ts'
import { toTlsMaterial } from '../../config/tls-material.ts'
import { messageOf, systemReason } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { parseBool } from '../../flags/flag.ts'
import { findContext } from './find-context.ts'

const TLS_FILES = { ca: 'ca.pem', cert: 'cert.pem', key: 'key.pem' } as const

const KEYS = new Set(['from', 'host', 'skip-tls-verify', ...Object.keys(TLS_FILES)])

/**
 * Returns a context's endpoint and certificates from the settings of `--docker`.
 * @throws Error with docker's message
 */
export function endpointFrom(
  typed: readonly (readonly [string, string])[],
  cli: Pick<Cli, 'config' | 'defaultHost'>,
): { endpoint: ContextEndpoint; tls: TlsFiles } {
  try {
    const settings = new Map(typed)
    const unknown = [...settings.keys()].sort().find((key) => !KEYS.has(key))
    if (unknown !== undefined) throw new Error(`unrecognized config key: ${unknown}`)
    const from = settings.get('from')
    // As in docker, the certificates of that context are not copied.
    if (from !== undefined) return { endpoint: fromContext(from, cli), tls: {} }
    const skip = settings.get('skip-tls-verify') ?? ''
    const endpoint = { host: settings.get('host') ?? '', skipTlsVerify: isSkipped(skip) }
    const tls = tlsFiles(settings)
    // ssh does not use certificates, so docker does not check them.
    if (!endpoint.host.startsWith('ssh://')) checkTls(tls)
    return { endpoint, tls }
  } catch (error) {
    throw new Error(`unable to create docker endpoint config: ${messageOf(error)}`, { cause: error })
  }
}

function fromContext(name: string, cli: Pick<Cli, 'config' | 'defaultHost'>): ContextEndpoint {
  const endpoint = findEndpoint(findContext(name, cli))
  if (endpoint === undefined) throw new Error(`unable to get endpoint from context "${name}"`)
  return endpoint
}

/** Refuses certificates that cannot be used, before they are stored. */
function checkTls({ 'ca.pem': ca, 'cert.pem': cert, 'key.pem': key }: TlsFiles): void {
  try {
    toTlsMaterial({ ca, cert, key }, true)
  } catch (error) {
    throw new Error(`invalid docker endpoint options: ${messageOf(error)}`, { cause: error })
  }
}

function isSkipped(typed: string): boolean {
  if (typed === '') return false
  try {
    return parseBool(typed)
  } catch {
    throw new Error(`skip-tls-verify: parsing ${goQuote(typed)}: invalid syntax`)
  }
}

function tlsFiles(settings: ReadonlyMap<string, string>): TlsFiles {
  const files: Record<string, Uint8Array> = {}
  for (const [key, name] of Object.entries(TLS_FILES)) {
    const path = settings.get(key) ?? ''
    if (path !== '') files[name] = read(path)
  }
  return files
}

function read(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(`open ${path}: ${systemReason(error)}`, { cause: error })
  }
}
