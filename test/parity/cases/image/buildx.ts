import { timestampFromDate } from '@bufbuild/protobuf/wkt'
import type { BuildKitReplies } from '../../../support/buildkit-daemon.ts'
import { each, type ParityGroup } from '../../case.ts'

const SECOND = 1_000_000_000n
const LONG_AGO = timestampFromDate(new Date('2001-02-03T04:05:06.070Z'))
const record = { UsageCount: 3n, CreatedAt: LONG_AGO, LastUsedAt: LONG_AGO, RecordType: 'regular' }

const builder: BuildKitReplies = {
  platforms: ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v3', 'linux/386'],
  workerLabels: { 'org.mobyproject.buildkit.worker.moby.host-gateway-ip': '172.17.0.1', 'a.label': 'é' },
  gcPolicy: [
    {
      filters: ['type==source.local,type==exec.cachemount'],
      keepDuration: 172_800n * SECOND,
      reservedSpace: 536_870_912n,
    },
    { all: true, reservedSpace: 10_000_000_000n, maxUsedSpace: 20_000_000_000n, minFreeSpace: 1n },
  ],
  cache: [
    {
      ...record,
      ID: 'b'.repeat(25),
      Size: 1_234_567n,
      Description: 'mount / from exec /bin/sh -c "a > b"',
      Shared: true,
    },
    { ...record, ID: 'a'.repeat(25), Size: 12n, Mutable: true, InUse: true, Parents: ['p', 'q'] },
    { ID: 'c'.repeat(25), Size: 12n, RecordType: 'source.local', CreatedAt: LONG_AGO },
  ],
}
const many: BuildKitReplies = {
  platforms: [
    ...['linux/s390x', 'linux/amd64', 'linux/amd64/v2', 'linux/arm64', 'linux/riscv64', 'linux/ppc64le'],
    ...['linux/mips64le', 'linux/mips64', 'linux/arm/v7', 'linux/arm/v6', 'linux/386', 'windows/amd64'],
  ],
}

/** The commands of docker's plugin buildx that tug has itself. */
export const buildx: ParityGroup = {
  name: 'buildx',
  cases: [
    ...each(
      ['buildx', 'ls'],
      [
        [],
        ['--format', 'json'],
        ['--no-trunc'],
        ['--format', '{{.Name}} {{.DriverEndpoint}} {{.Status}} {{.Buildkit}} {{.Platforms}} {{.Error}}'],
        ['--format', '{{.Nosuch}}'],
        ['--format', '{{'],
      ],
      { buildkit: builder },
    ),
    ...each(['buildx', 'ls'], [[], ['--no-trunc'], ['--format', '{{.Platforms}}']], {
      buildkit: many,
      note: 'many platforms',
    }),
    ...each(
      ['buildx', 'inspect'],
      [[], ['default'], ['--bootstrap'], ['nosuch'], ['--builder', 'nosuch'], ['--builder', 'default']],
      { buildkit: builder },
    ),
    { argv: ['buildx', '--builder', 'nosuch', 'inspect'], buildkit: builder },
    { argv: ['buildx', '--builder=default', 'inspect'], buildkit: builder },
    { argv: ['buildx', 'inspect'], note: 'of a variable', env: { BUILDX_BUILDER: 'nosuch' }, buildkit: builder },
    ...each(
      ['buildx', 'du'],
      [
        [],
        ['--verbose'],
        ['--format', 'json'],
        ['--format', 'pretty'],
        [
          '--format',
          '{{.ID}}|{{.Size}}|{{.Mutable}}|{{.Parents}}|{{.UsageCount}}|{{.CreatedAt}}|{{.Type}}|{{.Shared}}',
        ],
        ['--format', 'json', '--verbose'],
        ['--filter', 'type=regular'],
        ['--filter', 'id=abc'],
        ['--filter', 'shared'],
        ['--filter', 'type!=regular'],
        ['--filter', 'description~=x'],
        ['--filter', 'type=a', '--filter', 'type=b'],
        ['--filter', 'until=x'],
        ['--filter', 'until=1h', '--filter', 'unused-for=1h'],
      ],
      { buildkit: builder },
    ),
    ...each(['buildx', 'du'], [[], ['--verbose']], { buildkit: {}, note: 'an empty cache' }),
    ...each(
      ['buildx', 'prune'],
      [
        ['-f'],
        ['-af'],
        ['-f', '--verbose'],
        ['-f', '--filter', 'until=24h', '--filter', 'type=regular'],
        ['-f', '--filter', 'unused-for=90m'],
        ['-f', '--reserved-space', '1GB', '--max-used-space', '2gb', '--min-free-space', '512m'],
        ['-f', '--keep-storage', '1GB'],
        ['-f', '--filter', 'until=x'],
        [],
      ],
      { buildkit: builder },
    ),
    { argv: ['buildx', 'prune', '--all'], stdin: 'y\n', buildkit: builder },
    {
      argv: ['buildx', 'prune', '-f', '--reserved-space', '1GB', '--max-used-space', '2gb', '--min-free-space', '512m'],
      note: 'supported',
      buildkit: { ...builder, with: ['gc.freespacefilter'] },
    },
    { argv: ['buildx', 'use', 'default'], buildkit: builder },
    { argv: ['buildx', 'stop'], buildkit: builder },
    { argv: ['buildx', 'stop', 'nosuch'], buildkit: builder },
    { argv: ['buildx', 'rm', 'nosuch', 'default'], buildkit: builder },
    { argv: ['buildx', 'rm', '--all-inactive', '-f'], buildkit: builder },
    {
      argv: ['buildx', 'build', '-q', '.'],
      env: { DOCKER_BUILDKIT: '0' },
      files: { 'cwd/Dockerfile': 'FROM scratch\n' },
      buildkit: builder,
    },
    {
      argv: ['buildx', '--builder', 'default', 'b', '-q', '.'],
      files: { 'cwd/Dockerfile': 'FROM scratch\n' },
      buildkit: builder,
    },
  ],
}
