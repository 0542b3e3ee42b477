import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isPem } from '../../../src/flags/pem.ts'
import { externalCas } from '../../../src/flags/swarm/external-ca.ts'

const directory = mkdtempSync(path.join(tmpdir(), 'tug-external-ca-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const parse = (typed: string) => externalCas().set(typed, [], true)

const PEM = '-----BEGIN CERTIFICATE-----\nMIIBazCCARCgAwIBAgIUTdI=\n-----END CERTIFICATE-----\n'
const certificate = path.join(directory, 'ca.pem')
const nothing = path.join(directory, 'none.pem')
writeFileSync(certificate, PEM)
writeFileSync(nothing, 'nothing\n')

test('an authority is read with its options and its certificate', () => {
  const authority = { Protocol: 'cfssl', URL: 'https://a?b=c', Options: { x: 'y' }, CACert: PEM }
  expect(parse(`protocol=CFSSL,url=https://a?b=c,x=y,cacert=${certificate}`)).toEqual([authority])
})

test.each([
  ['url=https://a', 'the external-ca option needs a protocol= parameter'],
  ['protocol=cfssl', 'the external-ca option needs a url= parameter'],
  ['protocol=other,url=a', 'unrecognized external CA protocol other'],
  ['cfssl', "invalid field 'cfssl' must be a key=value pair"],
  ['', 'EOF'],
  [
    'protocol=cfssl,url=a,cacert=/nope.pem',
    'unable to read CA cert for external CA: open /nope.pem: no such file or directory',
  ],
  [`protocol=cfssl,url=a,cacert=${nothing}`, 'CA cert for external CA must be in PEM format'],
])('%s is refused', (typed, reason) => {
  expect(() => parse(typed)).toThrow(new Error(reason))
})

// As Go's pem.Decode finds a block, or none.
test.each([
  [PEM, true],
  [`what stands before\n${PEM}`, true],
  [PEM.replaceAll('\n', '\r\n'), true],
  ['-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMHcC\n-----END EC PRIVATE KEY-----\n', true],
  [PEM.replace('END CERTIFICATE', 'END OTHER'), false],
  [PEM.replace('MII', '*II'), false],
  ['', false],
])('%j: is it PEM? %s', (text, response) => {
  expect(isPem(text)).toBe(response)
})
