// The process of a container: its streams, environment, user, restarts and health.
import type { Healthcheck } from '../../domain/container/create-request.ts'
import { parseDotenv } from '../../domain/container/dotenv.ts'
import {
  checkVariable,
  lastOfEach,
  parseEnvFile,
  parseLabelFile,
  resolveVariable,
  withProxies,
} from '../../domain/container/env.ts'
import { messageOf } from '../../domain/errors.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { checkLabel } from '../../domain/label.ts'
import { bool, each, int, mapOf, text, texts, type ValueFlag, type ValuesOf } from '../flag.ts'
import { duration } from '../quantities.ts'
import type { ClientEnvironment } from './environment.ts'

function parseStream(typed: string): 'stdin' | 'stdout' | 'stderr' {
  const name = typed.toLowerCase()
  if (name === 'stdin' || name === 'stdout' || name === 'stderr') return name
  throw new Error('valid streams are STDIN, STDOUT and STDERR')
}

export const processFlags = {
  attach: each({
    completes: ['stderr', 'stdin', 'stdout'],
    char: 'a',
    summary: 'Attach to stdin, stdout or stderr; repeatable',
    read: parseStream,
  }),
  dotenv: dotenvFiles(),
  domainname: text({ summary: 'NIS domain name inside the container' }),
  entrypoint: text({ summary: "Program to run instead of the image's entrypoint" }),
  env: each({
    completes: 'environment variables',
    char: 'e',
    summary: 'Set an environment variable, KEY=VALUE, or pass one through, KEY',
    read: checkVariable,
  }),
  'env-file': texts({ completes: 'files', summary: 'Read environment variables from a file, one per line' }),
  hostname: text({ char: 'h', summary: 'Host name inside the container' }),
  init: bool({ summary: 'Run an init as process 1 that forwards signals and reaps processes', minApi: '1.25' }),
  interactive: bool({ char: 'i', summary: 'Keep stdin open' }),
  label: each({ char: 'l', summary: 'Add a label to the container, KEY=VALUE', read: checkLabel }),
  'label-file': texts({ summary: 'Read labels from a file, one per line' }),
  annotation: mapOf({ summary: 'Add an annotation for the OCI runtime, KEY=VALUE', minApi: '1.43' }),
  restart: text({
    completes: 'restart policies',
    summary: 'When to restart: no, always, unless-stopped, on-failure[:MAX]',
    default: 'no',
  }),
  rm: bool({ summary: 'Remove the container and its anonymous volumes when it exits' }),
  'stop-signal': text({ completes: 'signals', summary: 'Signal that stops the container' }),
  'stop-timeout': int({ summary: 'Seconds to wait after the stop signal before killing', minApi: '1.25' }),
  tty: bool({ char: 't', summary: 'Allocate a terminal' }),
  user: text({ char: 'u', summary: 'User to run as, NAME|UID[:GROUP|GID]' }),
  workdir: text({ char: 'w', summary: 'Working directory inside the container' }),
  'group-add': texts({ summary: 'Add the process to a group' }),
  'health-cmd': text({ summary: 'Command that checks whether the container is healthy' }),
  'health-interval': duration({ defaultText: '0s', summary: 'Time between two health checks' }),
  'health-retries': int({ summary: 'Consecutive failures that make the container unhealthy' }),
  'health-start-interval': duration({
    defaultText: '0s',
    summary: 'Time between two health checks during the start period',
    minApi: '1.44',
  }),
  'health-start-period': duration({
    defaultText: '0s',
    summary: 'Time after the start in which failures do not count',
    minApi: '1.29',
  }),
  'health-timeout': duration({ defaultText: '0s', summary: 'Longest time one health check may take' }),
  'no-healthcheck': bool({ summary: "Disable the image's health check" }),
}

type ProcessFlags = ValuesOf<typeof processFlags>

/** Returns the streams to attach: those of `-a`, or else stdout and stderr; `-i` adds stdin. */
export function selectStreams(flags: ProcessFlags): { stdin: boolean; stdout: boolean; stderr: boolean } {
  const isUnset = flags.attach.length === 0
  return {
    stdin: flags.interactive || flags.attach.includes('stdin'),
    stdout: isUnset || flags.attach.includes('stdout'),
    stderr: isUnset || flags.attach.includes('stderr'),
  }
}

/**
 * Returns the environment variables: those of files first, then `-e`, then proxies. Of a repeated variable, the daemon takes the
 * last.
 * @throws Error with docker's reason
 */
export function readVariables(flags: ProcessFlags, clientEnvironment: ClientEnvironment): string[] {
  const { environment, proxies } = clientEnvironment
  const typed = lastOfEach(flags.env.map((variable) => resolveVariable(variable, environment)))
  return [...readVariableFiles(flags, clientEnvironment), ...withProxies(typed, proxies)]
}

/** `--dotenv` of the commands that set environment variables. */
export function dotenvFiles(): ValueFlag<readonly string[]> {
  return texts({
    completes: 'files',
    summary: 'Read environment variables from a .env file, with quotes and references',
  })
}

/**
 * Reads the variables of `--env-file`s, and then those of `--dotenv`s.
 * @throws Error with docker's reason, or the line and what is wrong with it
 */
export function readVariableFiles(
  flags: { readonly 'env-file': readonly string[]; readonly dotenv: readonly string[] },
  { environment, readFile }: Pick<ClientEnvironment, 'environment' | 'readFile'>,
): string[] {
  return [
    ...flags['env-file'].flatMap((path) => parseEnvFile(readEnvFile(path, readFile), path, environment)),
    ...flags.dotenv.flatMap((path) => readDotenv(path, environment, readFile)),
  ]
}

/**
 * Reads the variables of a `.env` file.
 * @throws Error with docker's reason if it cannot be read, or with the line and what is wrong with it
 */
export function readDotenv(
  path: string,
  environment: ClientEnvironment['environment'],
  readFile: ClientEnvironment['readFile'],
): string[] {
  const bytes = readEnvFile(path, readFile)
  try {
    return parseDotenv(new TextDecoder('utf-8', { fatal: true }).decode(bytes), environment)
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8' : messageOf(error)
    throw new Error(`invalid env file (${path}): ${reason}`, { cause: error })
  }
}

/**
 * Returns the labels of `--label-file` and `--label`.
 * @throws Error with docker's reason
 */
export function readLabels(flags: ProcessFlags, { readFile }: ClientEnvironment): Record<string, string> {
  const fromFiles = flags['label-file'].flatMap((path) => parseLabelFile(readEnvFile(path, readFile), path))
  return keyValueMap([...fromFiles, ...flags.label])
}

/** docker calls a file that it can open but not read, such as a directory, an invalid env file. */
function readEnvFile(path: string, readFile: ClientEnvironment['readFile']): Uint8Array {
  try {
    return readFile(path)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('read ')) {
      throw new Error(`invalid env file (${path}): ${error.message}`, { cause: error })
    }
    throw error
  }
}

/**
 * Returns the health check, or undefined if no flag sets one.
 * @throws Error with docker's reason
 */
export function parseHealthcheck(flags: ProcessFlags): Healthcheck | undefined {
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
  const nonZero = Object.entries(numbers).filter(([, number]) => number !== 0)
  return { ...(command === '' ? {} : { Test: ['CMD-SHELL', command] }), ...Object.fromEntries(nonZero) }
}

function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()
}
