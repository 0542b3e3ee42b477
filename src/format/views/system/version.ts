import type { ClientVersion, ComponentVersion, DaemonVersion } from '../../../domain/system/version.ts'
import type { FormatError } from '../../error.ts'
import { tabwriter } from '../../tabwriter.ts'

/** What `version` prints, and why that may not be all. */
interface VersionText {
  readonly output: string
  /** A template that does not fit; to be reported after the output, unless the daemon could not be asked. */
  readonly problem?: FormatError
}

/** A way to show versions, fixed before the daemon is asked. */
export interface VersionView {
  /** @param daemon undefined when the daemon could not be asked */
  render(client: ClientVersion, daemon: DaemonVersion | undefined): VersionText
}

/**
 * How `version` shows client and daemon (docker/cli system.newVersionTemplate).
 * @throws FormatError with exit code 64 for a template that cannot be read
 */
export async function versionView(format: string): Promise<VersionView> {
  if (format === '') {
    return { render: (client, daemon) => ({ output: aligned(layout(client, daemon && withEngine(daemon))) }) }
  }
  const { versionTemplate } = await import('../../templates/version.ts')
  const write = versionTemplate(format)
  return {
    render: (client, daemon) => {
      const { output, problem } = write(
        { ...client, buildTime: formatDate(client.buildTime) },
        daemon && withEngine(daemon),
      )
      return { output: aligned(output), ...(problem === undefined ? {} : { problem }) }
    },
  }
}

function aligned(text: string): string {
  return tabwriter(`${text}\n`, { minWidth: 20, padding: 1 })
}

function layout(client: ClientVersion, daemon: DaemonVersion | undefined): string {
  const { apiVersion, defaultApiVersion } = client
  const downgraded = apiVersion === defaultApiVersion ? '' : ` (downgraded from ${defaultApiVersion})`
  const lines = [
    'Client:',
    ` Version:\t${client.version}`,
    ` API version:\t${apiVersion}${downgraded}`,
    ` Go version:\t${client.goVersion}`,
    ` Git commit:\t${client.gitCommit}`,
    ` Built:\t${formatDate(client.buildTime)}`,
    ` OS/Arch:\t${client.os}/${client.arch}`,
    ` Context:\t${client.context}`,
  ]
  if (daemon !== undefined) {
    const platform = daemon.Platform?.Name ?? ''
    lines.push('', `Server:${platform === '' ? '' : ` ${platform}`}`, ...(daemon.Components ?? []).flatMap(component))
  }
  return lines.join('\n')
}

function component({ Name, Version, Details }: ComponentVersion): string[] {
  const details = Details ?? {}
  const head = [` ${Name}:`, `  Version:\t${Version}`]
  if (Name !== 'Engine') {
    return [
      ...head,
      ...Object.keys(details)
        .sort()
        .map((key) => `  ${key}:\t${details[key]}`),
    ]
  }
  const detail = (key: string) => details[key] ?? ''
  return [
    ...head,
    `  API version:\t${detail('ApiVersion')} (minimum version ${detail('MinAPIVersion')})`,
    `  Go version:\t${detail('GoVersion')}`,
    `  Git commit:\t${detail('GitCommit')}`,
    `  Built:\t${detail('BuildTime')}`,
    `  OS/Arch:\t${detail('Os')}/${detail('Arch')}`,
    `  Experimental:\t${detail('Experimental')}`,
  ]
}

/** The daemon's response with its Engine among the components, which old daemons do not send, built on a date people read. */
function withEngine(daemon: DaemonVersion): DaemonVersion {
  const components = daemon.Components ?? []
  if (!components.some(({ Name }) => Name === 'Engine')) {
    return { ...daemon, Components: [...components, engineOf(daemon)] }
  }
  return { ...daemon, Components: components.map((part) => (part.Name === 'Engine' ? dated(part) : part)) }
}

function dated(part: ComponentVersion): ComponentVersion {
  const { BuildTime } = part.Details ?? {}
  return BuildTime === undefined ? part : { ...part, Details: { ...part.Details, BuildTime: formatDate(BuildTime) } }
}

function engineOf(daemon: DaemonVersion): ComponentVersion {
  return {
    Name: 'Engine',
    Version: daemon.Version ?? '',
    Details: {
      ApiVersion: daemon.ApiVersion ?? '',
      MinAPIVersion: daemon.MinAPIVersion ?? '',
      GitCommit: daemon.GitCommit ?? '',
      GoVersion: daemon.GoVersion ?? '',
      Os: daemon.Os ?? '',
      Arch: daemon.Arch ?? '',
      BuildTime: formatDate(daemon.BuildTime ?? ''),
      Experimental: String(daemon.Experimental ?? false),
    },
  }
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** An RFC 3339 time as `Wed Oct  8 12:17:26 2025`, in its own zone; other text as it is. */
export function formatDate(text: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(text)
  if (match === null) return text
  const [, year, month, day, time] = match
  const weekday = DAYS[new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()]
  return `${weekday} ${MONTHS[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time} ${year}`
}
