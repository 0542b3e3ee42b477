import { expect, it } from 'vitest'
import { parseArgv } from '../../../src/cli/argv/argv.ts'
import { DEFAULT_GLOBAL_FLAGS, globalFlagSet } from '../../../src/cli/argv/global-flags.ts'

it('the global flags have the same values without a flag set as with one', () => {
  expect(DEFAULT_GLOBAL_FLAGS).toEqual(parseArgv([], globalFlagSet('/home/me/.docker'), false).flags)
})
