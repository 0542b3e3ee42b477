import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const sample = {
  name: '/web',
  id: 'c0ffee254729296a45a3885639ac7e10f9d549abcdef0123456789abcdef0001',
  read: '2025-01-02T03:04:05Z',
  preread: '2025-01-02T03:04:04Z',
  num_procs: 2,
  pids_stats: { current: 5 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 1_234_567 },
      { op: 'write', value: 99 },
      { op: 'read', value: 3 },
      { op: '', value: 7 },
      { op: 'Total', value: 1 },
    ],
  },
  cpu_stats: { cpu_usage: { total_usage: 250_000_000 }, system_cpu_usage: 2_000_000_000, online_cpus: 2 },
  precpu_stats: { cpu_usage: { total_usage: 100_000_000 }, system_cpu_usage: 1_000_000_000 },
  memory_stats: { usage: 55_555_555, stats: { inactive_file: 5555 }, limit: 1_073_741_824 },
  networks: { eth0: { rx_bytes: 1000, tx_bytes: 2_500_000 }, eth1: { rx_bytes: 1, tx_bytes: 1 } },
}
/** Statistics with control groups of version 1, without the number of processors and without a network. */
const older = {
  ...sample,
  name: '/db',
  id: 'd'.repeat(64),
  cpu_stats: { cpu_usage: { total_usage: 250_000_000, percpu_usage: [1, 2, 3, 4] }, system_cpu_usage: 2_000_000_000 },
  memory_stats: { usage: 4096, stats: { total_inactive_file: 1024, inactive_file: 4 }, limit: 0 },
  networks: null,
  blkio_stats: { io_service_bytes_recursive: null },
}
/** The daemon's response for a container that is not running. */
const stopped = {
  ...sample,
  name: '/old',
  id: 'e'.repeat(64),
  cpu_stats: {},
  precpu_stats: {},
  memory_stats: {},
  pids_stats: {},
  networks: {},
}

const world: Replies = {
  'GET /containers/web/stats': json(sample),
  'GET /containers/db/stats': json(older),
  'GET /containers/old/stats': json(stopped),
  'GET /containers/c0ffee254729/stats': json(sample),
  'GET /containers/json': json([{ Id: sample.id, Names: ['/web'] }]),
  'GET /events': json({}),
  'GET /containers/*/stats': failure(404, 'No such container: x'),
}

const once = (tails: readonly (readonly string[])[]) => tails.map((tail) => ['--no-stream', ...tail])

const cases: ParityCase[] = [
  ...each(
    ['stats'],
    once([
      ['web'],
      ['web', 'db', 'old'],
      ['web', 'web'],
      ['--no-trunc', 'web'],
      ['--format', 'table', 'web'],
      ['--format', 'raw', 'web'],
      ['--format', 'json', 'web', 'db'],
      ['--format', '{{.Container}} {{.Name}} {{.ID}}', 'web', 'old'],
      ['--format', '{{.CPUPerc}} {{.MemUsage}} {{.MemPerc}} {{.NetIO}} {{.BlockIO}} {{.PIDs}}', 'web', 'db', 'old'],
      ['--format', 'table {{.Container}}\\t{{.CPUPerc}}\\t{{.MemUsage}}', 'web'],
      ['--format', 'table {{.Name}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}\t{{.MemPerc}}', 'web'],
      ['--format', '{{.Bogus}}', 'web'],
      ['--format', '{{', 'web'],
      ['-a', 'web'],
      ['gone'],
      ['--bogus'],
      ['-f', 'x', 'web'],
    ]),
    { replies: world, parallel: true },
  ),
  ...each(['stats'], once([[], ['-a'], ['--all', '--format', 'json'], ['--no-trunc']]), { replies: world }),
  ...each(['container', 'stats'], once([['web'], []]), { replies: world }),
  {
    argv: ['stats', '--no-stream', 'web', 'gone', 'db', 'lost'],
    replies: world,
    parallel: true,
    note: 'some containers are removed',
  },
  { argv: ['stats', '--no-stream'], replies: { ...world, 'GET /containers/json': json([]) }, note: 'none' },
  { argv: ['stats', '--no-stream'], replies: { ...world, 'GET /containers/json': failure(500, 'no') }, note: '500' },
  { argv: ['stats', '--no-stream'], daemon: 'none', note: 'no daemon' },
  { argv: ['stats', 'gone'], replies: world, note: 'streaming' },
  ...['{{.Name}}', 'table {{.Name}}\\t{{.PIDs}}', 'json', '{{.Bogus}}', '{{'].map(
    (format): ParityCase => ({
      argv: ['stats', '--no-stream', 'web'],
      config: { statsFormat: format },
      replies: world,
      note: `statsFormat ${format}`,
    }),
  ),
  {
    argv: ['stats', '--no-stream', 'web'],
    replies: world,
    headers: { Ostype: 'windows', Server: 'Docker/28.2.2 (windows)' },
    note: 'windows',
  },
  ...each(['stats'], [['--help']], { lenient: helpIsOurs }),
]

export const stats: ParityGroup = { name: 'stats', cases }
