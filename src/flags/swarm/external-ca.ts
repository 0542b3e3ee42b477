import { messageOf } from '../../domain/errors.ts'
import { parseCsvRecord } from '../../domain/go/csv.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import type { ExternalCa } from '../../domain/swarm/swarm.ts'
import { readFileFlag } from '../files.ts'
import { isPem } from '../pem.ts'
import { each } from '../values.ts'

/** `--external-ca protocol=cfssl,url=https://…`, repeated. */
export function externalCas() {
  return each({
    valueType: 'external-ca',
    summary: 'Service that signs certificates: protocol=cfssl,url=URL[,cacert=FILE]',
    read: parseExternalCa,
  })
}

/** @throws Error with docker's reason */
function parseExternalCa(typed: string): ExternalCa {
  const options: Record<string, string> = {}
  let protocol: string | undefined
  let url: string | undefined
  let certificate = ''
  for (const field of parseCsvRecord(typed)) {
    const { key, value } = splitKeyValue(field)
    if (value === undefined) throw new Error(`invalid field '${field}' must be a key=value pair`)
    if (key === 'protocol') protocol = knownProtocol(value)
    else if (key === 'url') url = value
    else if (key === 'cacert') certificate = readCertificate(value)
    else options[key] = value
  }
  if (protocol === undefined) throw new Error('the external-ca option needs a protocol= parameter')
  if (url === undefined) throw new Error('the external-ca option needs a url= parameter')
  const more = Object.keys(options).length > 0 ? { Options: options } : {}
  return { Protocol: protocol, URL: url, ...more, CACert: certificate }
}

function knownProtocol(typed: string): string {
  if (typed.toLowerCase() !== 'cfssl') throw new Error(`unrecognized external CA protocol ${typed}`)
  return 'cfssl'
}

function readCertificate(path: string): string {
  let text: string
  try {
    text = Buffer.from(readFileFlag(path)).toString()
  } catch (error) {
    throw new Error(`unable to read CA cert for external CA: ${messageOf(error)}`, { cause: error })
  }
  if (!isPem(text)) throw new Error('CA cert for external CA must be in PEM format')
  return text
}
