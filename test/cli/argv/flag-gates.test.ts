import { describe, expect, test } from 'vitest'
import { type GateKeeper, refuseUnservedFlags } from '../../../src/cli/argv/flag-gates.ts'
import { bool } from '../../../src/flags/flag.ts'

const summary = ''
const flags = {
  free: bool({ summary }),
  newer: bool({ summary, minApi: '1.45' }),
  newest: bool({ summary, minApi: '1.50' }),
  windows: bool({ summary, daemonOs: 'windows' }),
  trial: bool({ summary, isExperimental: true }),
}

function daemon(apiVersion: string, osType = 'linux', isExperimental = false): GateKeeper {
  return {
    apiVersion: async () => apiVersion,
    facts: async () => ({ apiVersion, osType, builderVersion: '', isExperimental }),
  }
}

const refusal = (given: readonly string[], engine: GateKeeper) =>
  refuseUnservedFlags(flags, new Set(given), () => engine).then(
    () => '',
    (error: Error) => error.message,
  )

describe('flags that the daemon cannot serve', () => {
  test('are refused together, by name', async () => {
    expect(await refusal(['windows', 'newest', 'free', 'newer'], daemon('1.44'))).toBe(
      '"--newer" requires API version 1.45, but the Docker daemon API version is 1.44\n' +
        '"--newest" requires API version 1.50, but the Docker daemon API version is 1.44\n' +
        '"--windows" is only supported on a Docker daemon running on windows, but the Docker daemon is running on linux',
    )
  })

  test('pass where it can', async () => {
    expect(await refusal(Object.keys(flags), daemon('1.50', 'windows', true))).toBe('')
  })

  test('a daemon that does not tell its system is not judged by it', async () => {
    expect(await refusal(['windows'], daemon('1.50', ''))).toBe('')
  })

  test('experiments need a daemon that has them on', async () => {
    expect(await refusal(['trial'], daemon('1.50'))).toBe(
      '"--trial" is only supported on a Docker daemon with experimental features enabled',
    )
  })

  test('without such flags the daemon is not asked', async () => {
    const ask = () => {
      throw new Error('asked')
    }
    await refuseUnservedFlags(flags, new Set(['free']), ask)
  })
})
