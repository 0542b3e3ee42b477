import type { Healthcheck } from '../../domain/container/create-request.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import type { ContainerSpec } from '../../domain/service/service.ts'
import type { Given } from './defaults.ts'
import type { ServiceUpdateFlags } from './update-flags.ts'

/** Those that make docker touch the health check; its start interval is not among them. */
const SETTINGS = ['health-cmd', 'health-interval', 'health-retries', 'health-timeout', 'health-start-period']

/** @throws Error with docker's reason */
export function editHealth(
  container: ContainerSpec,
  { flags, given }: { readonly flags: ServiceUpdateFlags; readonly given: Given },
): void {
  const isSet = SETTINGS.some((name) => given.has(name))
  if (!isSet && !given.has('no-healthcheck')) return
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
    ...(given.has('health-interval') ? { Interval: flags['health-interval'] } : {}),
    ...(given.has('health-timeout') ? { Timeout: flags['health-timeout'] } : {}),
    ...(given.has('health-start-period') ? { StartPeriod: flags['health-start-period'] } : {}),
    ...(given.has('health-retries') ? { Retries: flags['health-retries'] } : {}),
    ...(given.has('health-cmd') ? { Test: flags['health-cmd'] === '' ? [] : ['CMD-SHELL', flags['health-cmd']] } : {}),
  }
  container.Healthcheck = omitEmpty(edited)
}
