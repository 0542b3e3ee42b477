import { describe, expect, test } from 'vitest'
import { FlagError, loadFiles, parseArgv } from '../../../src/cli/argv/argv.ts'
import { bool } from '../../../src/flags/flag.ts'
import { externalCas, pemFile } from '../../../src/flags/swarm/ca.ts'

const PEM = '-----BEGIN CERTIFICATE-----\nMIIBazCCARCgAwIBAgIUTdI=\n-----END CERTIFICATE-----\n'
const FILES: Readonly<Record<string, string>> = { 'ca.pem': PEM, 'none.pem': 'nothing\n' }

const flags = {
  'ca-cert': pemFile({ summary: '' }),
  'external-ca': externalCas(),
  rotate: bool({ summary: '' }),
}

function readFile(path: string): Uint8Array {
  const text = FILES[path]
  if (text === undefined) throw new Error(`open ${path}: no such file or directory`)
  return new TextEncoder().encode(text)
}

const load = (argv: readonly string[]) => loadFiles(parseArgv(argv, flags).pending, flags, readFile)

test('parses without reading files, then reads them in the order typed', () => {
  const argv = [
    '--external-ca',
    'protocol=CFSSL,url=https://a?b=c,x=y,cacert=ca.pem',
    '--ca-cert',
    'ca.pem',
    '--rotate',
  ]
  expect(parseArgv(argv, flags).flags).toEqual({ 'ca-cert': '', 'external-ca': [], rotate: true })
  expect(load(argv)).toEqual({
    'ca-cert': PEM,
    'external-ca': [{ Protocol: 'cfssl', URL: 'https://a?b=c', Options: { x: 'y' }, CACert: PEM }],
  })
})

test('keeps every external CA', () => {
  const { 'external-ca': authorities } = load([
    '--external-ca',
    'protocol=cfssl,url=a',
    '--external-ca',
    'protocol=cfssl,url=b',
  ])
  expect(authorities).toEqual([
    { Protocol: 'cfssl', URL: 'a', CACert: '' },
    { Protocol: 'cfssl', URL: 'b', CACert: '' },
  ])
})

describe('refuses, with docker’s reason,', () => {
  test.each([
    ['url=https://a', 'the external-ca option needs a protocol= parameter'],
    ['protocol=cfssl', 'the external-ca option needs a url= parameter'],
    ['protocol=other,url=a', 'unrecognized external CA protocol other'],
    ['cfssl', "invalid field 'cfssl' must be a key=value pair"],
    ['', 'EOF'],
    [
      'protocol=cfssl,cacert=nope.pem',
      'unable to read CA cert for external CA: open nope.pem: no such file or directory',
    ],
    ['protocol=cfssl,url=a,cacert=none.pem', 'CA cert for external CA must be in PEM format'],
  ])('--external-ca %s', (typed, reason) => {
    const message = `invalid argument "${typed}" for "--external-ca" flag: ${reason}`
    expect(() => load(['--external-ca', typed])).toThrow(new FlagError(message))
  })
})

test('reports a file that cannot be read before a mistake that comes later in argv', () => {
  try {
    parseArgv(['--rotate', '--ca-cert', 'nope.pem', '--bogus'], flags)
    expect.unreachable()
  } catch (error) {
    expect(error).toMatchObject({ message: 'unknown flag: --bogus', pending: [{ text: 'nope.pem' }] })
    const { pending } = error instanceof FlagError ? error : { pending: [] }
    expect(() => loadFiles(pending, flags, readFile)).toThrow(
      expect.objectContaining({
        message: 'invalid argument "nope.pem" for "--ca-cert" flag: open nope.pem: no such file or directory',
        typedFlags: new Set(['rotate']),
      }),
    )
  }
})
