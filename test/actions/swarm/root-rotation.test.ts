import { expect, test } from 'vitest'
import { rotationProgress } from '../../../src/actions/swarm/root-rotation.ts'

const old = { TrustRoot: 'old', CertIssuerSubject: 'b2xk', CertIssuerPublicKey: 'b2xk' }
const wanted = { TrustRoot: 'new', CertIssuerSubject: 'bmV3', CertIssuerPublicKey: 'bmV3' }
const node = (TLSInfo: typeof old) => ({ Description: { TLSInfo } })
const signedOnly = { ...wanted, TrustRoot: 'old+new' }

test.each([
  ['nobody has a new certificate', true, [old, old], [0, 0], false],
  ['one has', true, [wanted, old], [1, 0], false],
  ['all have, and the swarm is still at it', true, [wanted, wanted], [2, 0], false],
  ['all have, and one trusts the old root, too', false, [wanted, signedOnly], [2, 1], false],
  ['that was all', false, [wanted, wanted], [2, 2], true],
])('%s', (_, RootRotationInProgress, trusted, counts, isDone) => {
  const progress = rotationProgress({ TLSInfo: wanted, RootRotationInProgress }, trusted.map(node))
  expect(progress.messages.slice(1).map(({ progressDetail }) => progressDetail?.current)).toEqual(counts)
  expect(progress.isDone).toBe(isDone)
  expect(progress.messages[0]?.status).toBe('sha256:11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437')
})
