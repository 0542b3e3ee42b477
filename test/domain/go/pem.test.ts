import { expect, test } from 'vitest'
import { isPem } from '../../../src/domain/go/pem.ts'

const PEM = '-----BEGIN CERTIFICATE-----\nMIIBazCCARCgAwIBAgIUTdI=\n-----END CERTIFICATE-----\n'

// Expected values are those of Go's pem.Decode.
test.each([
  [PEM, true],
  [`what stands before\n${PEM}`, true],
  [PEM.replaceAll('\n', '\r\n'), true],
  ['-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMHcC\n-----END EC PRIVATE KEY-----\n', true],
  [PEM.replace('END CERTIFICATE', 'END OTHER'), false],
  [PEM.replace('MII', '*II'), false],
  ['', false],
])('finds a PEM block in %j: %s', (text, expected) => {
  expect(isPem(text)).toBe(expected)
})
