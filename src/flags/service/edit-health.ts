import type { Healthcheck } from '../../domain/container/create-request.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import type { ContainerSpec } from '../../domain/service/service.ts'
import type { TypedFlags } from './defaults.ts'
import type { ServiceUpdateFlags } from './update-flags.ts'

/** Those that make docker touch the health check; its start interval is not among them. */
const SETTINGS = ['health-cmd', 'health-interval', 'health-retries', 'health-timeout', 'health-start-period']

/** @throws Error with docker's reason */
export function editHealth(
  container: ContainerSpec,
  { flags, typedFlags }: { readonly flags: ServiceUpdateFlags; readonly typedFlags: TypedFlags },
): void {
  const isSet = SETTINGS.some((name) => typedFlags.has(name))
  if (!isSet && !typedFlags.has('no-healthcheck')) return
  if (flags['no-healthcheck']) {
    if (isSet) throw new Error('--no-healthcheck conflicts with --health-* options')
    container.Healthcheck = { Test: ['NONE'] }
    return
  }
  const { Test: test, ...current } = container.Healthcheck ?? {}
  const isOff = test?.[0] === 'NONE'
  const edited: Healthcheck = {
    ...current,
    Test: isOff ? [] : (test ?? []),
    ...(typedFlags.has('health-interval') ? { Interval: flags['health-interval'] } : {}),
    ...(typedFlags.has('health-timeout') ? { Timeout: flags['health-timeout'] } : {}),
    ...(typedFlags.has('health-start-period') ? { StartPeriod: flags['health-start-period'] } : {}),
    ...(typedFlags.has('health-retries') ? { Retries: flags['health-retries'] } : {}),
    ...(typedFlags.has('health-cmd')
      ? { Test: flags['health-cmd'] === '' ? [] : ['CMD-SHELL', flags['health-cmd']] }
      : {}),
  }
  container.Healthcheck = omitEmpty(edited)
}
