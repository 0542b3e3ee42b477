import { describe, expect, test } from 'vitest'
import { identityIn, isAlive, ownIdentity } from './identity.ts'

describe('the identity of a process', () => {
  const own = ownIdentity()

  test('is that of a running process', () => {
    expect(isAlive(own)).toBe(true)
  })

  test.runIf(process.platform === 'linux')('is not that of an earlier process with the same pid', () => {
    expect(isAlive(`${own}1`)).toBe(false)
  })

  test('counts as running in another PID namespace, which cannot be seen', () => {
    expect(isAlive(own.replace(/^n\d*/, 'n1'))).toBe(true)
  })

  test('is found at the beginning of a name', () => {
    expect(identityIn(`${own}.Qm1UmI`)).toBe(own)
    expect(identityIn('first-run')).toBeUndefined()
  })
})
