import { expect, it } from 'vitest'
import { refuseContentTrust } from '../../../src/actions/image/content-trust.ts'
import { ExitStatus } from '../../../src/domain/errors.ts'

// The flag decides, or else the variable, in Go's spellings of true.
it.each([
  { isDisabled: true, isGiven: false, variable: undefined, isRefused: false },
  { isDisabled: true, isGiven: false, variable: '0', isRefused: false },
  { isDisabled: true, isGiven: false, variable: 'yes', isRefused: false },
  { isDisabled: true, isGiven: false, variable: '1', isRefused: true },
  { isDisabled: true, isGiven: false, variable: 'TRUE', isRefused: true },
  { isDisabled: true, isGiven: true, variable: '1', isRefused: false },
  { isDisabled: false, isGiven: true, variable: undefined, isRefused: true },
])('refuses image signatures: %j', ({ isDisabled, isGiven, variable, isRefused }) => {
  const check = () => refuseContentTrust(isDisabled, isGiven, { env: { DOCKER_CONTENT_TRUST: variable } })
  if (isRefused) expect(check).toThrow(ExitStatus)
  else expect(check).not.toThrow()
})
