import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'

const responded: Replies = {
  'GET /version': json({
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: '27.5.1',
        Details: {
          ApiVersion: '1.47',
          Arch: 'amd64',
          BuildTime: '2025-01-22T13:41:31.000000000+00:00',
          Experimental: 'false',
          GitCommit: '4c9b3b0',
          GoVersion: 'go1.22.11',
          KernelVersion: '6.8.0-51-generic',
          MinAPIVersion: '1.24',
          Os: 'linux',
        },
      },
      { Name: 'containerd', Version: '1.7.25', Details: { GitCommit: 'bcc810d6b9066471b0b6fa75f557a15a1cbf31bb' } },
      { Name: 'runc', Version: '1.2.4', Details: { GitCommit: 'v1.2.4-0-g6c52b3f' } },
    ],
    Version: '27.5.1',
    ApiVersion: '1.47',
    MinAPIVersion: '1.24',
    GitCommit: '4c9b3b0',
    GoVersion: 'go1.22.11',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: '6.8.0-51-generic',
    BuildTime: '2025-01-22T13:41:31.000000000+00:00',
  }),
}

/** An engine that does not report components. */
const old: Replies = {
  'GET /version': json({
    Version: '17.09.0-ce',
    ApiVersion: '1.32',
    MinAPIVersion: '1.12',
    GitCommit: 'afdb6d4',
    GoVersion: 'go1.8.3',
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: '2017-09-26T22:40:56.000000000+00:00',
    Experimental: true,
  }),
}

const clientIsOurs = { stdout: { compare: 'presence', because: 'the client section describes tug' } } as const

const cases: ParityCase[] = [
  ...each(
    ['version'],
    [
      ['--format', '{{.Server.Version}}'],
      ['--format={{.Server.APIVersion}} {{.Server.MinAPIVersion}}'],
      ['-f', '{{.Server.Os}}/{{.Server.Arch}}'],
      ['-f{{.Server.Platform.Name}}'],
      ['-f', '{{json .Server}}'],
      ['-f', '{{range .Server.Components}}{{.Name}}={{.Version}} {{end}}'],
      ['-f', '{{index .Server.Components 0}}'],
      [
        '-f',
        '{{.Server.BuildTime}}|{{.Server.GitCommit}}|{{.Server.GoVersion}}|{{.Server.KernelVersion}}|{{.Server.Experimental}}',
      ],
      ['-f', '{{.Client.APIVersion}} {{.Client.DefaultAPIVersion}} {{.Client.Context}}'],
      ['-f', '{{.Client.Os}}/{{.Client.Arch}}'],
      ['-f', '{{.Server}}'],
      ['-f', '{{.Bogus}}'],
      ['-f', '{{.Server.Bogus}}'],
      ['-f', '{{'],
      ['-f', 'x'],
      ['-f', ''],
      ['-f'],
      ['extra'],
      ['--bogus'],
      ['-x'],
    ],
    { replies: responded },
  ).map((parityCase) => (parityCase.argv.includes('') ? { ...parityCase, lenient: clientIsOurs } : parityCase)),
  ...each(['version'], [[], ['-f', 'json'], ['-f', '{{json .}}'], ['-f', '{{json .Client}}']], {
    replies: responded,
    lenient: clientIsOurs,
  }),
  ...each(
    ['version'],
    [
      ['-f', '{{.Server.Version}} {{len .Server.Components}}'],
      ['-f', '{{json .Server}}'],
    ],
    { replies: old, note: 'old engine' },
  ),
  { argv: ['version'], daemon: 'none', lenient: clientIsOurs, note: 'no daemon' },
  { argv: ['version', '-f', '{{.Server.Version}}'], daemon: 'none', note: 'no daemon' },
  { argv: ['version', '-f', '{{.Client.APIVersion}}'], daemon: 'none', note: 'no daemon' },
  { argv: ['version', '-f', '{{.Server}}'], daemon: 'none', note: 'no daemon' },
  { argv: ['version', '-f', '{{json .Server}}'], daemon: 'none', note: 'no daemon' },
  {
    argv: ['version'],
    replies: { 'GET /version': failure(500, 'no version today') },
    lenient: clientIsOurs,
    note: '500',
  },
  { argv: ['version', '-f', '{{.Client.APIVersion}}'], apiVersion: '1.41', replies: responded, note: 'daemon 1.41' },
  {
    argv: ['version', '-f', '{{.Client.APIVersion}}'],
    env: { DOCKER_API_VERSION: '1.30' },
    replies: responded,
    note: 'DOCKER_API_VERSION=1.30',
  },
]

export const version: ParityGroup = { name: 'version', cases }
