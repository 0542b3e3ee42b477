// The inverse of process.ts: the flags that set the process of a container.
import type { CreateBody, Healthcheck } from '../../domain/container/create-request.ts'
import { formatDuration } from '../../domain/go/duration.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import {
  type FlagArgument,
  numberArgument,
  pairArguments,
  switchArgument,
  textArgument,
  textArguments,
} from './flag-argument.ts'

/** Whether a request is that of `run --detach`, which attaches no stream. */
export function isDetached({ AttachStdin, AttachStdout, AttachStderr }: CreateBody): boolean {
  return !AttachStdin && !AttachStdout && !AttachStderr
}

/** Returns the flags of process.ts. */
export function processArguments(body: CreateBody): FlagArgument[] {
  const { HostConfig: host, Entrypoint: entrypoint } = body
  const { Name: restart, MaximumRetryCount: retries } = host.RestartPolicy
  return [
    ...switchArgument('interactive', body.OpenStdin),
    ...switchArgument('tty', body.Tty),
    ...switchArgument('rm', host.AutoRemove),
    ...textArguments('attach', attachedStreams(body)),
    ...textArgument('hostname', body.Hostname),
    ...textArgument('domainname', body.Domainname),
    ...(restart === 'no' ? [] : [{ name: 'restart', value: retries === 0 ? restart : `${restart}:${retries}` }]),
    ...(host.Init === undefined ? [] : [switchWithValue('init', host.Init)]),
    ...textArgument('user', body.User),
    ...textArguments('group-add', host.GroupAdd),
    ...textArgument('workdir', body.WorkingDir),
    ...textArguments('env', body.Env),
    ...pairArguments('label', body.Labels),
    ...pairArguments('annotation', host.Annotations),
    ...(entrypoint === null ? [] : [{ name: 'entrypoint', value: entrypoint[0] ?? '' }]),
    ...textArgument('stop-signal', body.StopSignal),
    ...(body.StopTimeout === undefined ? [] : [{ name: 'stop-timeout', value: String(body.StopTimeout) }]),
    ...healthArguments(body.Healthcheck),
  ]
}

/** Returns what follows the image: the words of the entrypoint that the flag does not take, and the command. */
export function commandWords({ Entrypoint, Cmd }: CreateBody): string[] {
  return [...(Entrypoint?.slice(1) ?? []), ...(Cmd ?? [])]
}

/** A switch that is off but was typed has a value. */
function switchWithValue(name: string, isOn: boolean): FlagArgument {
  return isOn ? { name } : { name, value: 'false' }
}

/** Returns the values of `--attach`: none for the default, which is stdout and stderr, and stdin with `--interactive`. */
function attachedStreams(body: CreateBody): string[] {
  const { AttachStdin: stdin, AttachStdout: stdout, AttachStderr: stderr, OpenStdin } = body
  if (isDetached(body) || (stdout && stderr && stdin === OpenStdin)) return []
  const streams = { stdin: stdin && !(OpenStdin && (stdout || stderr)), stdout, stderr }
  return Object.entries(streams).flatMap(([name, isAttached]) => (isAttached ? [name] : []))
}

/** A test without a shell has no flag. Its words are quoted, so that a shell runs the same program. */
function healthArguments(check: Healthcheck | undefined): FlagArgument[] {
  if (check === undefined) return []
  const [kind, ...words] = check.Test ?? []
  if (kind === 'NONE') return [{ name: 'no-healthcheck' }]
  return [
    ...textArgument('health-cmd', kind === 'CMD-SHELL' ? words.join(' ') : words.map(quoteShellWord).join(' ')),
    ...durationArgument('health-interval', check.Interval),
    ...durationArgument('health-timeout', check.Timeout),
    ...durationArgument('health-start-period', check.StartPeriod),
    ...durationArgument('health-start-interval', check.StartInterval),
    ...numberArgument('health-retries', check.Retries),
  ]
}

/** @param nanoseconds nothing is returned for 0 */
function durationArgument(name: string, nanoseconds: Int64 = 0): FlagArgument[] {
  return nanoseconds === 0 ? [] : [{ name, value: formatDuration(BigInt(nanoseconds)) }]
}
