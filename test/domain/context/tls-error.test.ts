import { expect, it } from 'vitest'
import { tlsFailure } from '../../../src/domain/context/tls-error.ts'

const tlsError = (code: string, more: object = {}) =>
  Object.assign(new Error('write EPROTO: wrong version number'), { code, ...more })
const alert = (message: string) => Object.assign(new Error(message), { code: 'EPROTO' })
const nameMismatch = (subjectaltname: string) => tlsError('ERR_TLS_CERT_ALTNAME_INVALID', { cert: { subjectaltname } })

// The messages of docker 28.2.2 with such certificates.
it.each([
  [
    tlsError('SELF_SIGNED_CERT_IN_CHAIN'),
    'h',
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    tlsError('CERT_HAS_EXPIRED'),
    'h',
    'tls: failed to verify certificate: x509: certificate has expired or is not yet valid',
  ],
  [
    nameMismatch('IP Address:127.0.0.1, DNS:localhost'),
    '127.0.0.2',
    'tls: failed to verify certificate: x509: certificate is valid for 127.0.0.1, not 127.0.0.2',
  ],
  [
    nameMismatch('DNS:a.example, DNS:b.example'),
    'c.example',
    'tls: failed to verify certificate: x509: certificate is valid for a.example, b.example, not c.example',
  ],
  [
    nameMismatch('DNS:a.example'),
    '127.0.0.1',
    "tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs",
  ],
  [alert('write EPROTO 4089C84:error:0A00045C:SSL routines::alert'), 'h', 'remote error: tls: certificate required'],
  [alert('error:1000045c:SSL routines:OPENSSL_internal:ALERT'), 'h', 'remote error: tls: certificate required'],
  [alert('error:10000410:SSL routines:OPENSSL_internal:ALERT'), 'h', 'remote error: tls: handshake failure'],
  [
    alert('error:1000042E:SSL routines:OPENSSL_internal:ALERT'),
    'h',
    'remote error: tls: protocol version not supported',
  ],
  [alert('error:100004B0:SSL routines:OPENSSL_internal:ALERT'), 'h', 'remote error: tls: alert(200)'],
  [tlsError('ERR_NO_TLS_RECORD'), 'h', 'tls: first record does not look like a TLS handshake'],
  [tlsError('EPROTO'), 'h', 'http: server gave HTTP response to HTTPS client'],
  [tlsError('ERR_SSL_WRONG_VERSION_NUMBER'), 'h', 'http: server gave HTTP response to HTTPS client'],
])('describes %s for %s', (error, hostname, reason) => {
  expect(tlsFailure(error, hostname)?.reason).toBe(reason)
})

it('returns undefined for other errors', () => {
  expect(tlsFailure(tlsError('ECONNREFUSED'), 'h')).toBeUndefined()
})
