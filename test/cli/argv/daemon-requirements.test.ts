import { describe, expect, test } from 'vitest'
import { type DaemonVersion, refuseUnservedFlags } from '../../../src/cli/argv/daemon-requirements.ts'
import { bool } from '../../../src/flags/flag.ts'

const summary = ''
const flags = {
  free: bool({ summary }),
  newer: bool({ summary, minApi: '1.45' }),
  newest: bool({ summary, minApi: '1.50' }),
  windows: bool({ summary, daemonOs: 'windows' }),
  trial: bool({ summary, isExperimental: true }),
}

function daemon(apiVersion: string, osType = 'linux', isExperimental = false): DaemonVersion {
  return {
    useAtLeast: async () => apiVersion,
    facts: async () => ({ apiVersion, osType, builderVersion: '', isExperimental }),
  }
}

const refusal = (given: readonly string[], engine: DaemonVersion) =>
  refuseUnservedFlags(flags, new Set(given), () => engine).then(
    () => '',
    (error: Error) => error.message,
  )

describe('flags that the daemon does not support', () => {
  test('are refused together and by name', async () => {
    expect(await refusal(['windows', 'newest', 'free', 'newer'], daemon('1.44'))).toBe(
      '"--newer" requires API version 1.45, but the Docker daemon API version is 1.44\n' +
        '"--newest" requires API version 1.50, but the Docker daemon API version is 1.44\n' +
        '"--windows" is only supported on a Docker daemon running on windows, but the Docker daemon is running on linux',
    )
  })

  test('are accepted by a daemon that supports them', async () => {
    expect(await refusal(Object.keys(flags), daemon('1.50', 'windows', true))).toBe('')
  })

  test('are accepted by a daemon that does not report its operating system', async () => {
    expect(await refusal(['windows'], daemon('1.50', ''))).toBe('')
  })

  test('are refused without experimental features', async () => {
    expect(await refusal(['trial'], daemon('1.50'))).toBe(
      '"--trial" is only supported on a Docker daemon with experimental features enabled',
    )
  })

  test('cost no request if none of them has requirements', async () => {
    const engine = () => {
      throw new Error('the daemon was asked')
    }
    await refuseUnservedFlags(flags, new Set(['free']), engine)
  })
})
