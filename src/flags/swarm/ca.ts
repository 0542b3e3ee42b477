// The flags of a swarm's certificates, of `swarm init`, `swarm update` and `swarm ca`.
import { messageOf } from '../../domain/errors.ts'
import { parseCsvRecord } from '../../domain/go/csv.ts'
import { isPem } from '../../domain/go/pem.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import type { ExternalCa, SwarmSpec } from '../../domain/swarm/swarm.ts'
import { type Describe, list, type ReadFile, type TypedFlags, type ValueFlag, type ValuesOf, value } from '../flag.ts'
import { duration } from '../quantities.ts'

const HOUR = 3_600_000_000_000

export const caFlags = {
  'cert-expiry': duration({
    default: 2160 * HOUR,
    defaultText: '2160h0m0s',
    summary: "Validity period of the nodes' certificates (ns|us|ms|s|m|h)",
  }),
  'external-ca': externalCas(),
}

/** Returns the swarm's CA configuration, changed by the flags that were typed. */
export function changeCaConfig(
  spec: SwarmSpec,
  flags: ValuesOf<typeof caFlags>,
  typedFlags: TypedFlags,
  trustRoot: string,
): NonNullable<SwarmSpec['CAConfig']> {
  const authorities = flags['external-ca'].map((authority) => ({ ...authority, CACert: authority.CACert || trustRoot }))
  return {
    ...spec.CAConfig,
    ...(typedFlags.has('cert-expiry') ? { NodeCertExpiry: flags['cert-expiry'] || undefined } : {}),
    ...(typedFlags.has('external-ca') ? { ExternalCAs: authorities } : {}),
  }
}

/** A flag that names a PEM file; its value is the content of the file. */
export function pemFile(describe: Describe): ValueFlag<string> {
  return {
    ...value({ ...describe, valueType: 'pem-file', default: '', read: (path) => path }),
    load: (path, _, readFile) => readPem(path, readFile),
  }
}

function readPem(path: string, readFile: ReadFile): string {
  const text = new TextDecoder().decode(readFile(path))
  if (!isPem(text)) throw new Error('file contents must be in PEM format')
  return text
}

/** `--external-ca protocol=cfssl,url=https://…`, which may be repeated. */
export function externalCas(): ValueFlag<readonly ExternalCa[]> {
  return {
    ...list<ExternalCa>({
      valueType: 'external-ca',
      summary: 'External CA that signs certificates: protocol=cfssl,url=URL[,cacert=FILE]',
      read: () => [],
    }),
    load: (typed, previous, readFile) => [...previous, parseExternalCa(typed, readFile)],
  }
}

/** @throws Error with docker's reason */
function parseExternalCa(typed: string, readFile: ReadFile): ExternalCa {
  const options: Record<string, string> = {}
  let protocol: string | undefined
  let url: string | undefined
  let certificate = ''
  for (const field of parseCsvRecord(typed)) {
    const { key, value } = splitKeyValue(field)
    if (value === undefined) throw new Error(`invalid field '${field}' must be a key=value pair`)
    if (key === 'protocol') protocol = checkProtocol(value)
    else if (key === 'url') url = value
    else if (key === 'cacert') certificate = readCertificate(value, readFile)
    else options[key] = value
  }
  if (protocol === undefined) throw new Error('the external-ca option needs a protocol= parameter')
  if (url === undefined) throw new Error('the external-ca option needs a url= parameter')
  const nonEmptyOptions = Object.keys(options).length > 0 ? { Options: options } : {}
  return { Protocol: protocol, URL: url, ...nonEmptyOptions, CACert: certificate }
}

function checkProtocol(typed: string): string {
  if (typed.toLowerCase() !== 'cfssl') throw new Error(`unrecognized external CA protocol ${typed}`)
  return 'cfssl'
}

function readCertificate(path: string, readFile: ReadFile): string {
  let text: string
  try {
    text = new TextDecoder().decode(readFile(path))
  } catch (error) {
    throw new Error(`unable to read CA cert for external CA: ${messageOf(error)}`, { cause: error })
  }
  if (!isPem(text)) throw new Error('CA cert for external CA must be in PEM format')
  return text
}
