import { checkVariable } from '../../domain/container/env.ts'
import { checkLabel } from '../../domain/label.ts'
import { bool, int, text, texts } from '../flag.ts'
import { duration, each } from '../values.ts'

/** Reads one `-a`. */
function parseStream(typed: string): 'stdin' | 'stdout' | 'stderr' {
  const name = typed.toLowerCase()
  if (name === 'stdin' || name === 'stdout' || name === 'stderr') return name
  throw new Error('valid streams are STDIN, STDOUT and STDERR')
}

/** What runs in the container: its streams, environment, user, life and health. */
export const processFlags = {
  attach: each({
    completes: ['stderr', 'stdin', 'stdout'],
    char: 'a',
    summary: 'Connect to stdin, stdout or stderr; may be repeated',
    read: parseStream,
  }),
  domainname: text({ summary: 'NIS domain name inside' }),
  entrypoint: text({ summary: "Program to start instead of the image's entrypoint" }),
  env: each({
    completes: 'environment variables',
    char: 'e',
    summary: 'Set a variable, KEY=value, or pass one on, KEY',
    read: checkVariable,
  }),
  'env-file': texts({ completes: 'files', summary: 'Read variables from a file, one a line' }),
  hostname: text({ char: 'h', summary: 'Host name inside' }),
  init: bool({ summary: 'Run a small init as process 1 that passes on signals and reaps processes', minApi: '1.25' }),
  interactive: bool({ char: 'i', summary: 'Keep stdin open' }),
  label: each({ char: 'l', summary: 'Attach metadata, KEY=value', read: checkLabel }),
  'label-file': texts({ summary: 'Read labels from a file, one a line' }),
  annotation: texts({
    summary: 'Pass KEY=value to the OCI runtime',
    valueType: 'map',
    defaultText: 'map[]',
    minApi: '1.43',
  }),
  restart: text({
    completes: 'restart policies',
    summary: 'When to start again: no, always, unless-stopped, on-failure[:MAX]',
    default: 'no',
  }),
  rm: bool({ summary: 'Remove the container and its anonymous volumes when it ends' }),
  'stop-signal': text({ completes: 'signals', summary: 'Signal that asks the container to stop' }),
  'stop-timeout': int({ summary: 'Seconds to wait after that signal before killing', minApi: '1.25' }),
  tty: bool({ char: 't', summary: 'Give it a terminal' }),
  user: text({ char: 'u', summary: 'Run as NAME|UID[:GROUP|GID]' }),
  workdir: text({ char: 'w', summary: 'Directory to start in' }),
  'group-add': texts({ summary: 'Join one more group' }),
  'health-cmd': text({ summary: 'Command that tells whether the container is healthy' }),
  'health-interval': duration({ summary: 'Time between two health checks' }),
  'health-retries': int({ summary: 'Failures in a row that make it unhealthy' }),
  'health-start-interval': duration({ summary: 'Time between two checks while starting', minApi: '1.44' }),
  'health-start-period': duration({ summary: 'Time to start in which failures do not count', minApi: '1.29' }),
  'health-timeout': duration({ summary: 'Longest time one check may take' }),
  'no-healthcheck': bool({ summary: "Switch the image's health check off" }),
}
