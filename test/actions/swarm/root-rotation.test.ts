import { expect, test } from 'vitest'
import { rotationProgress } from '../../../src/actions/swarm/root-rotation.ts'

const old = { TrustRoot: 'old', CertIssuerSubject: 'b2xk', CertIssuerPublicKey: 'b2xk' }
const target = { TrustRoot: 'new', CertIssuerSubject: 'bmV3', CertIssuerPublicKey: 'bmV3' }
const node = (TLSInfo: typeof old) => ({ Description: { TLSInfo } })
const signedOnly = { ...target, TrustRoot: 'old+new' }

test.each([
  ['counts no certificate at first', true, [old, old], [0, 0], false],
  ['counts one rotated certificate', true, [target, old], [1, 0], false],
  ['counts no root while the rotation is in progress', true, [target, target], [2, 0], false],
  ['does not count a node that also trusts the old root', false, [target, signedOnly], [2, 1], false],
  ['is done when all nodes trust only the new root', false, [target, target], [2, 2], true],
])('%s', (_, RootRotationInProgress, trusted, counts, isDone) => {
  const progress = rotationProgress({ TLSInfo: target, RootRotationInProgress }, trusted.map(node))
  expect(progress.messages.slice(1).map(({ progressDetail }) => progressDetail?.current)).toEqual(counts)
  expect(progress.isDone).toBe(isDone)
  expect(progress.messages[0]?.status).toBe('sha256:11507a0e2f5e69d5dfa40a62a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437')
})
