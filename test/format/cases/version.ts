import type { ClientVersion, DaemonVersion } from '../../../src/domain/system/version.ts'

/** The version of the docker client that was recorded. */
export const CLIENT: ClientVersion = {
  version: '28.2.2',
  apiVersion: '1.50',
  defaultApiVersion: '1.50',
  gitCommit: 'e6534b4',
  goVersion: 'go1.24.3',
  os: 'linux',
  arch: 'amd64',
  buildTime: '2025-05-30T12:07:14.000000000+00:00',
  context: 'default',
}

const engine = {
  ApiVersion: '1.51',
  Arch: 'amd64',
  BuildTime: '2025-10-08T12:17:26.000000000+00:00',
  Experimental: 'false',
  GitCommit: 'f8215cc',
  GoVersion: 'go1.24.8',
  KernelVersion: '6.1',
  MinAPIVersion: '1.24',
  Os: 'linux',
}

/** The responses of a current daemon and of an old one, which does not send components. */
export const DAEMONS: Readonly<Record<string, DaemonVersion>> = {
  today: {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      { Name: 'Engine', Version: '28.5.1', Details: engine },
      { Name: 'containerd', Version: 'v1.7.28', Details: { GitCommit: 'b98a3aace' } },
      { Name: 'x', Version: '1', Details: null },
    ],
    Version: '28.5.1',
    ApiVersion: '1.51',
    MinAPIVersion: '1.24',
    GitCommit: 'f8215cc',
    GoVersion: 'go1.24.8',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: '6.1',
    BuildTime: '2025-10-08T12:17:26.000000000+00:00',
  },
  old: {
    Version: '18.09',
    ApiVersion: '1.39',
    MinAPIVersion: '1.12',
    GitCommit: 'abc',
    GoVersion: 'go1.10',
    Os: 'linux',
    Arch: 'arm64',
    Experimental: true,
    BuildTime: 'yesterday',
  },
}

export const VERSION_FORMATS: readonly string[] = [
  '',
  'json',
  '{{.Server.Version}}',
  '{{.Client}}',
  '{{.Server}}',
  '{{.Client.Platform}}',
  '{{json .Client}}',
  '{{.Foo}}',
  '{{',
  '{{.Server.Os}}/{{.Server.Arch}}',
  '{{range .Server.Components}}{{.Name}} {{end}}',
  'table {{.Client.Version}}',
  'a\\tb{{"\\n"}}c\td',
  '{{.Client.APIVersion}} {{.Client.ApiVersion}}',
  '{{.Server.BuildTime}} {{.Server.Experimental}} {{.Server.MinAPIVersion}} {{.Server.Components}}',
  '{{getDetailsOrder (index .Server.Components 0)}}',
  '{{with .Server}}{{.Version}}{{else}}none{{end}}',
  '{{index (index .Server.Components 0).Details "ApiVersion"}}',
  '{{.Server.Foo}}',
]
