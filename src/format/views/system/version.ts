import type { ClientVersion, ComponentVersion, DaemonVersion } from '../../../domain/system/version.ts'
import { tabwriter } from '../../table/tabwriter.ts'
import type { Output } from '../../templates/compile.ts'

/** A prepared output of `version`, whose format has been checked. */
export interface VersionView {
  /** @param daemon undefined if the request failed */
  render(client: ClientVersion, daemon: DaemonVersion | undefined): Output
}

/**
 * Creates the output of `version` (docker/cli system.newVersionTemplate).
 * @throws FormatError with exit code 64 when a template cannot be parsed
 */
export async function versionView(format: string): Promise<VersionView> {
  if (format === '') {
    return { render: (client, daemon) => ({ output: alignTabs(defaultText(client, daemon && withEngine(daemon))) }) }
  }
  const { versionTemplate } = await import('../../templates/version.ts')
  const formatVersions = versionTemplate(format)
  return {
    render: (client, daemon) => {
      const { output, problem } = formatVersions(
        { ...client, buildTime: formatDate(client.buildTime) },
        daemon && withEngine(daemon),
      )
      return { output: alignTabs(output), ...(problem === undefined ? {} : { problem }) }
    },
  }
}

function alignTabs(text: string): string {
  return tabwriter(`${text}\n`, { minWidth: 20, padding: 1 })
}

function defaultText(client: ClientVersion, daemon: DaemonVersion | undefined): string {
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
    lines.push(
      '',
      `Server:${platform === '' ? '' : ` ${platform}`}`,
      ...(daemon.Components ?? []).flatMap(componentLines),
    )
  }
  return lines.join('\n')
}

function componentLines({ Name, Version, Details }: ComponentVersion): string[] {
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

/** Adds the component Engine, which old daemons do not send, and formats its build time. */
function withEngine(daemon: DaemonVersion): DaemonVersion {
  const components = daemon.Components ?? []
  if (!components.some(({ Name }) => Name === 'Engine')) {
    return { ...daemon, Components: [...components, engineComponent(daemon)] }
  }
  return { ...daemon, Components: components.map((part) => (part.Name === 'Engine' ? formatBuildTime(part) : part)) }
}

function formatBuildTime(part: ComponentVersion): ComponentVersion {
  const { BuildTime } = part.Details ?? {}
  return BuildTime === undefined ? part : { ...part, Details: { ...part.Details, BuildTime: formatDate(BuildTime) } }
}

function engineComponent(daemon: DaemonVersion): ComponentVersion {
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

/** Formats an RFC 3339 time as `Wed Oct  8 12:17:26 2025` in its own time zone. Other text is returned unchanged. */
export function formatDate(text: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(text)
  if (match === null) return text
  const [, year, month, day, time] = match
  const weekday = DAYS[new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()]
  return `${weekday} ${MONTHS[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time} ${year}`
}
