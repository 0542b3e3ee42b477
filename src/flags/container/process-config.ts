import type { Healthcheck } from '../../domain/container/create-request.ts'
import { lastOfEach, parseEnvFile, parseLabelFile, resolveVariable, withProxies } from '../../domain/container/env.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import type { ContainerFlags } from './create.ts'
import type { ClientEnvironment } from './environment.ts'

/** Which streams the client wants: `-a`, or stdout and stderr; `-i` adds stdin. */
export function attachedStreams(flags: ContainerFlags): { stdin: boolean; stdout: boolean; stderr: boolean } {
  const all = flags.attach.length === 0
  return {
    stdin: flags.interactive || flags.attach.includes('stdin'),
    stdout: all || flags.attach.includes('stdout'),
    stderr: all || flags.attach.includes('stderr'),
  }
}

/** Files first, then `-e`, then proxies: the daemon lets the last one win. @throws Error with docker's reason */
export function variables(flags: ContainerFlags, clientEnvironment: ClientEnvironment): string[] {
  const { environment, proxies } = clientEnvironment
  const typed = lastOfEach(flags.env.map((variable) => resolveVariable(variable, environment)))
  const fromFiles = flags['env-file'].flatMap((path) =>
    parseEnvFile(readLines(path, clientEnvironment), path, environment),
  )
  return [...fromFiles, ...withProxies(typed, proxies)]
}

/** @throws Error with docker's reason */
export function labels(flags: ContainerFlags, clientEnvironment: ClientEnvironment): Record<string, string> {
  const fromFiles = flags['label-file'].flatMap((path) => parseLabelFile(readLines(path, clientEnvironment), path))
  return keyValueMap([...fromFiles, ...flags.label])
}

/** A file that opens and cannot be read is an invalid env file to docker. */
export function readLines(path: string, { readFile }: ClientEnvironment): Uint8Array {
  try {
    return readFile(path)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('read ')) {
      throw new Error(`invalid env file (${path}): ${error.message}`, { cause: error })
    }
    throw error
  }
}

/** @throws Error with docker's reason */
export function healthcheck(flags: ContainerFlags): Healthcheck | undefined {
  const numbers = {
    Interval: flags['health-interval'],
    Timeout: flags['health-timeout'],
    Retries: flags['health-retries'],
    StartPeriod: flags['health-start-period'],
    StartInterval: flags['health-start-interval'],
  }
  const command = flags['health-cmd']
  const isSet = command !== '' || Object.values(numbers).some((number) => number !== 0)
  if (flags['no-healthcheck']) {
    if (isSet) throw new Error('--no-healthcheck conflicts with --health-* options')
    return { Test: ['NONE'] }
  }
  if (!isSet) return undefined
  for (const [name, number] of Object.entries(numbers)) {
    if (number < 0) throw new Error(`--health-${kebabCase(name)} cannot be negative`)
  }
  const set = Object.entries(numbers).filter(([, number]) => number !== 0)
  return { ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }), ...Object.fromEntries(set) }
}

function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()
}
