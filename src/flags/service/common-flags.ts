import { parseNanoCpus } from '../../domain/container/cpus.ts'
import { checkVariable } from '../../domain/container/env.ts'
import { parseCredentialSpec } from '../../domain/service/placement.ts'
import type { CredentialSpec } from '../../domain/service/service.ts'
import { bool, int, text, texts, type ValuesOf, value } from '../flag.ts'
import { bytes, each, unsigned } from '../values.ts'
import { command, float, positiveSpan, span } from './values.ts'

/** How the command itself behaves. */
export const waitFlags = {
  detach: bool({ char: 'd', summary: 'Do not wait until the tasks run', minApi: '1.29' }),
  quiet: bool({ char: 'q', summary: 'Wait without showing how it goes' }),
}

/** How the tasks are replaced when the service changes. */
const updateFlags = {
  'update-delay': span({ summary: 'Pause between two updates' }),
  'update-failure-action': text({
    completes: ['pause', 'continue', 'rollback'],
    summary: 'What to do when an update fails: pause, continue, rollback',
  }),
  'update-max-failure-ratio': float({ summary: 'Share of tasks that may fail in an update', minApi: '1.25' }),
  'update-monitor': span({ summary: 'Time to watch a task for failure after its update', minApi: '1.25' }),
  'update-order': text({
    completes: ['start-first', 'stop-first'],
    summary: 'What comes first in an update: start-first, stop-first',
    minApi: '1.29',
  }),
  'update-parallelism': unsigned({ summary: 'Tasks to update at once; 0 for all', bits: 64, valueType: 'uint' }),
}

/** How the tasks are replaced when the service goes back to what it was. */
const rollbackFlags = {
  'rollback-delay': span({ summary: 'Pause between two rollbacks', minApi: '1.28' }),
  'rollback-failure-action': text({
    completes: ['pause', 'continue'],
    summary: 'What to do when a rollback fails: pause, continue',
    minApi: '1.28',
  }),
  'rollback-max-failure-ratio': float({ summary: 'Share of tasks that may fail in a rollback', minApi: '1.28' }),
  'rollback-monitor': span({ summary: 'Time to watch a task for failure after its rollback', minApi: '1.28' }),
  'rollback-order': text({
    completes: ['start-first', 'stop-first'],
    summary: 'What comes first in a rollback: start-first, stop-first',
    minApi: '1.29',
  }),
  'rollback-parallelism': unsigned({
    summary: 'Tasks to roll back at once; 0 for all',
    bits: 64,
    valueType: 'uint',
    minApi: '1.28',
  }),
}

const restartFlags = {
  'restart-condition': text({
    completes: ['none', 'on-failure', 'any'],
    summary: 'When to start a task again: none, on-failure, any',
  }),
  'restart-delay': span({ summary: 'Pause before a task is started again' }),
  'restart-max-attempts': unsigned({
    summary: 'How often to start a task again before giving up',
    bits: 64,
    valueType: 'uint',
  }),
  'restart-window': span({ summary: 'Time in which starts are counted' }),
}

const healthFlags = {
  'health-cmd': text({ summary: 'Command that tells whether a container is healthy', minApi: '1.25' }),
  'health-interval': positiveSpan({ summary: 'Time between two health checks', minApi: '1.25' }),
  'health-retries': int({ summary: 'Failures in a row that make it unhealthy', minApi: '1.25' }),
  'health-start-interval': positiveSpan({ summary: 'Time between two checks while starting', minApi: '1.44' }),
  'health-start-period': positiveSpan({ summary: 'Time to start in which failures do not count', minApi: '1.29' }),
  'health-timeout': positiveSpan({ summary: 'Longest time one check may take', minApi: '1.25' }),
  'no-healthcheck': bool({ summary: "Switch the image's health check off", minApi: '1.25' }),
}

const resourceFlags = {
  'limit-cpu': value({ summary: 'CPUs a task may use', valueType: 'decimal', default: 0, read: parseNanoCpus }),
  'limit-memory': bytes({ summary: 'Memory a task may use' }),
  'limit-pids': int({ summary: 'Processes a task may have; 0 for no limit', minApi: '1.41' }),
  'reserve-cpu': value({
    summary: 'CPUs to set aside for a task',
    valueType: 'decimal',
    default: 0,
    read: parseNanoCpus,
  }),
  'reserve-memory': bytes({ summary: 'Memory to set aside for a task' }),
}

/** The flags that `create` and `update` have in common (docker/cli service.addServiceFlags). */
export const commonFlags = {
  ...waitFlags,
  ...updateFlags,
  ...rollbackFlags,
  ...restartFlags,
  ...healthFlags,
  ...resourceFlags,
  'cap-add': texts({ summary: 'Add a Linux capability', minApi: '1.41' }),
  'cap-drop': texts({ summary: 'Take a Linux capability away', minApi: '1.41' }),
  'credential-spec': value<CredentialSpec | undefined>({
    summary: 'Managed service account, config://, file:// or registry://NAME (Windows nodes)',
    valueType: 'credential-spec',
    default: undefined,
    read: parseCredentialSpec,
    minApi: '1.29',
  }),
  entrypoint: command({ summary: "Program to start instead of the image's entrypoint" }),
  hostname: text({ summary: 'Host name inside', minApi: '1.25' }),
  init: bool({ summary: 'Run a small init as process 1 that passes on signals and reaps processes', minApi: '1.37' }),
  isolation: text({ summary: 'How containers are kept apart (Windows nodes)', minApi: '1.35' }),
  'log-driver': text({ summary: 'How the output is kept' }),
  'log-opt': each({ summary: 'Option of the log driver, KEY=value', read: checkVariable }),
  'max-concurrent': unsigned({
    summary: 'Tasks of a job to run at once; as many as --replicas unless told',
    bits: 64,
    valueType: 'uint',
    minApi: '1.41',
  }),
  'no-resolve-image': bool({
    summary: "Do not ask the registry for the image's digest and platforms",
    minApi: '1.30',
  }),
  'oom-score-adj': int({ summary: 'Rank when memory runs out, -1000 to 1000', minApi: '1.46' }),
  'read-only': bool({ summary: "Make the containers' own files read-only", minApi: '1.28' }),
  replicas: unsigned({ summary: 'Number of tasks', bits: 64, valueType: 'uint' }),
  'replicas-max-per-node': unsigned({
    summary: 'Most tasks on one node; 0 for no limit',
    bits: 64,
    valueType: 'uint',
    minApi: '1.40',
  }),
  'stop-grace-period': span({ summary: 'Time to stop before a container is killed' }),
  'stop-signal': text({ summary: 'Signal that asks a container to stop', minApi: '1.28' }),
  tty: bool({ char: 't', summary: 'Give the containers a terminal', minApi: '1.25' }),
  user: text({ char: 'u', summary: 'Run as NAME|UID[:GROUP|GID]' }),
  'with-registry-auth': bool({ summary: "Send the registry's credentials to the nodes" }),
  workdir: text({ char: 'w', summary: 'Directory to start in' }),
}

export type CommonFlags = ValuesOf<typeof commonFlags>
