import { json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { creating } from '../container/run-replies.ts'
import { swarmObjects } from '../service/service-create.ts'
import { service } from '../service/service-update.ts'

const MAX = '9223372036854775807'
/** The first integer that JavaScript's numbers do not have. */
const ODD = '9007199254740993'
const MAX_UNSIGNED = '18446744073709551615'
const LONGEST = '2562047h47m16.854775807s'

/** Texts of int64 flags. */
const SIGNED = [MAX, ODD, `-${ODD}`, '-9223372036854775808', '9223372036854775808', '0x7fffffffffffffff', `+${ODD}`]

const SIGNED_FLAGS = [
  ...['--cpu-period', '--cpu-quota', '--cpu-rt-period', '--cpu-rt-runtime', '--cpu-shares', '--pids-limit'],
  ...['--memory-swappiness', '--oom-score-adj', '--stop-timeout', '--health-retries'],
]
const SIZE_FLAGS = ['--memory', '--memory-swap', '--memory-reservation', '--shm-size']
const SIZES = [MAX, ODD, '8191p', '8192p', '9007199254740993b', '8796093022208.5m', '-1']
const DURATION_FLAGS = ['--health-interval', '--health-start-period', '--health-timeout', '--health-start-interval']
const DURATIONS = [LONGEST, '104h59m59.254740993s', '2502h0.254740993s', '2562047h47m16.854775808s']

const create: ParityCase[] = [
  ...SIGNED_FLAGS.flatMap((flag) => SIGNED.map((text) => [flag, text, 'busybox'])),
  ...SIZE_FLAGS.flatMap((flag) => SIZES.map((text) => [flag, text, 'busybox'])),
  ...DURATION_FLAGS.flatMap((flag) => DURATIONS.map((text) => [flag, text, 'busybox'])),
  ...[MAX, ODD, `${ODD}:${MAX}`, `${MAX}:${ODD}`, `-1:${MAX}`, `${MAX}:-1`, '9223372036854775808', `-${ODD}`].map(
    (text) => ['--ulimit', `memlock=${text}`, 'busybox'],
  ),
  ...['read', 'write'].flatMap((what) => [
    ...[MAX_UNSIGNED, ODD, '18446744073709551616'].map((text) => [
      `--device-${what}-iops`,
      `/dev/sda:${text}`,
      'busybox',
    ]),
    ...[MAX, ODD, '8191p', '8192p'].map((text) => [`--device-${what}-bps`, `/dev/sda:${text}`, 'busybox']),
  ]),
  ...['9007199.254740993', '9223372036.854775807', '9223372036.854775808', '1e10'].map((text) => [
    '--cpus',
    text,
    'busybox',
  ]),
  ...[`count=${ODD}`, ODD, MAX, '9223372036854775808'].map((text) => ['--gpus', text, 'busybox']),
  ...[ODD, MAX, '8192p'].map((text) => ['--mount', `type=tmpfs,dst=/x,tmpfs-size=${text}`, 'busybox']),
  ['--restart', `on-failure:${ODD}`, 'busybox'],
  ['--restart', `on-failure:${MAX}`, 'busybox'],
  ['--network', `name=n,gw-priority=${ODD}`, 'busybox'],
].map((tail) => ({ argv: ['create', ...tail], replies: creating }))

const update: ParityCase[] = each(
  ['update'],
  [
    ...['--cpu-quota', '--pids-limit', '--memory', '--memory-swap', '--cpu-shares'].map((flag) => [flag, ODD, 'a']),
    ['--restart', `on-failure:${ODD}`, 'a'],
  ],
  { replies: { 'POST /containers/a/update': json({ Warnings: [] }) } },
)

const services: Replies = {
  ...swarmObjects,
  'POST /services/create': json({ ID: 'new1'.padEnd(25, '0') }),
  'POST /services/*': json({}),
}

const serviceFlags: readonly (readonly string[])[] = [
  ...[ODD, MAX_UNSIGNED, '18446744073709551616'].flatMap((text) => [
    ['--replicas', text],
    ['--update-parallelism', text],
    ['--rollback-parallelism', text],
    ['--restart-max-attempts', text],
    ['--replicas-max-per-node', text],
    ['--mode', 'replicated-job', '--max-concurrent', text],
  ]),
  ...[LONGEST, '2502h0.254740993s'].flatMap((text) => [
    ['--update-delay', text],
    ['--update-monitor', text],
    ['--rollback-delay', text],
    ['--restart-delay', text],
    ['--restart-window', text],
    ['--stop-grace-period', text],
    ['--health-interval', text, '--health-cmd', 'x'],
  ]),
  ...[ODD, MAX].flatMap((text) => [
    ['--limit-memory', text],
    ['--reserve-memory', text],
    ['--limit-pids', text],
    ['--oom-score-adj', text],
    ['--ulimit', `memlock=${text}`],
    ['--generic-resource', `gpu=${text}`],
    ['--health-retries', text, '--health-cmd', 'x'],
  ]),
  ['--limit-cpu', '9007199.254740993'],
  ['--reserve-cpu', '9223372036.854775807'],
]

/** A service whose numbers are past 2^53. They have to come back unchanged. */
const spec = `{"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"a","StopGracePeriod":${MAX},"Ulimits":[{"Name":"memlock","Hard":${MAX},"Soft":${ODD}}]},"Resources":{"Limits":{"MemoryBytes":${ODD},"Pids":${MAX}},"Reservations":{"NanoCPUs":${ODD}}},"RestartPolicy":{"Delay":${ODD},"MaxAttempts":${MAX_UNSIGNED}},"ForceUpdate":${MAX_UNSIGNED}},"Mode":{"Replicated":{"Replicas":${MAX_UNSIGNED}}},"UpdateConfig":{"Parallelism":${ODD},"Delay":${MAX},"MaxFailureRatio":0,"Order":"stop-first"}}`
const largeService: Replies = {
  ...services,
  'GET /services/web': {
    chunks: [`{"ID":"svc1","Version":{"Index":${ODD}},"Spec":${spec},"PreviousSpec":${spec}}`],
  },
}

const swarm = `{"ID":"s","Version":{"Index":${ODD}},"Spec":{"Name":"default","Orchestration":{"TaskHistoryRetentionLimit":${ODD}},"Raft":{"SnapshotInterval":${MAX_UNSIGNED},"ElectionTick":10,"HeartbeatTick":1},"TaskDefaults":{},"EncryptionConfig":{"AutoLockManagers":false},"Dispatcher":{"HeartbeatPeriod":${MAX}},"CAConfig":{"NodeCertExpiry":${MAX}}}}`

/** A container with large numbers, as templates print it. */
const inspected: Replies = {
  'GET /containers/a/json': {
    chunks: [
      `{"Id":"a","Name":"/a","SizeRw":${ODD},"HostConfig":{"Memory":${MAX},"PidsLimit":${ODD},"Ulimits":[{"Name":"memlock","Hard":${MAX},"Soft":${ODD}}]},"Config":{"StopTimeout":${ODD}},"State":{"ExitCode":${ODD}},"Odd":${MAX_UNSIGNED}}`,
    ],
  },
}

export const integers: ParityGroup = {
  name: 'integers',
  cases: [
    ...create,
    ...update,
    ...serviceFlags.map((tail) => ({ argv: ['service', 'create', '-d', '-q', ...tail, 'busybox'], replies: services })),
    ...each(
      ['service', 'update', '-d'],
      [
        ['--env-add', 'A=1', 'web'],
        ['--replicas', ODD, 'web'],
        ['--limit-memory', MAX, 'web'],
        ['--force', 'web'],
      ],
      { replies: largeService, note: 'large numbers' },
    ),
    {
      argv: ['service', 'scale', '-d', `web=${MAX_UNSIGNED}`],
      replies: {
        ...services,
        'GET /services/web': json(
          service({
            Name: 'web',
            TaskTemplate: { ContainerSpec: { Image: 'a' }, ForceUpdate: 0 },
            Mode: { Replicated: { Replicas: 1 } },
          }),
        ),
      },
    },
    { argv: ['service', 'scale', '-d', `web=${ODD}`], replies: largeService },
    { argv: ['service', 'rollback', '-d', 'web'], replies: largeService },
    ...each(
      ['swarm', 'update'],
      [
        ['--autolock'],
        ['--task-history-limit', ODD],
        ['--max-snapshots', MAX_UNSIGNED],
        ['--snapshot-interval', ODD],
        ['--cert-expiry', LONGEST],
        ['--dispatcher-heartbeat', '2502h0.254740993s'],
      ],
      { replies: { 'GET /swarm': { chunks: [swarm] }, 'POST /swarm/update': json({}) } },
    ),
    ...each(
      ['swarm', 'init'],
      [
        ['--task-history-limit', ODD],
        ['--max-snapshots', MAX_UNSIGNED],
        ['--cert-expiry', LONGEST],
      ],
      {
        replies: {
          'POST /swarm/init': json('node'),
          'GET /swarm/unlockkey': json({}),
          'GET /info': json({}),
          'GET /swarm': json({}),
        },
      },
    ),
    ...each(['node', 'update'], [['--availability', 'drain', 'n1']], {
      replies: {
        'GET /nodes/n1': {
          chunks: [`{"ID":"n1","Version":{"Index":${ODD}},"Spec":{"Role":"worker","Availability":"active"}}`],
        },
        'POST /nodes/n1/update': json({}),
      },
    }),
    ...each(
      ['volume', 'create'],
      [
        ['--type', 'block', '--limit-bytes', '9007199254740994', 'v'],
        ['--type', 'block', '--required-bytes', ODD, 'v'],
      ],
      { replies: { 'POST /volumes/create': json({ Name: 'v' }) } },
    ),
    ...each(
      ['build'],
      [
        ...['--cpu-period', '--cpu-quota', '--cpu-shares', '--memory', '--memory-swap', '--shm-size'].flatMap(
          (flag) => [
            [flag, ODD, '-'],
            [flag, MAX, '-'],
          ],
        ),
        ['--ulimit', `memlock=${ODD}:${MAX}`, '-'],
      ],
      {
        env: { DOCKER_BUILDKIT: '0' },
        stdin: 'FROM scratch\n',
        replies: { 'POST /build': { lines: [{ stream: 'Successfully built 9bea9f2796e2\n' }] } },
        lenient: {
          stdout: { compare: 'presence', because: "docker's own count of sent bytes differs from run to run" },
        },
      },
    ),
    ...each(
      ['inspect'],
      [
        ['a'],
        [
          '--format',
          '{{.HostConfig.Memory}} {{.HostConfig.PidsLimit}} {{.Config.StopTimeout}} {{.State.ExitCode}}',
          'a',
        ],
        ['--format', '{{json .HostConfig.Ulimits}} {{(index .HostConfig.Ulimits 0).Hard}}', 'a'],
        ['--format', '{{.Odd}}', 'a'],
      ],
      { replies: inspected },
    ),
    ...each(
      ['stop'],
      [
        ['-t', ODD, 'a'],
        ['-t', MAX, 'a'],
        ['-t', `-${ODD}`, 'a'],
      ],
      { replies: { 'POST /containers/a/stop': json({}) } },
    ),
    ...each(
      ['ps'],
      [
        ['-n', ODD],
        ['-n', MAX],
      ],
      { replies: { 'GET /containers/json': json([]) } },
    ),
    ...each(['network', 'connect'], [['--gw-priority', ODD, 'n', 'a']], {
      replies: { 'POST /networks/n/connect': json({}) },
    }),
    ...each(
      ['search'],
      [
        ['--limit', ODD, 'a'],
        ['--limit', MAX, 'a'],
      ],
      { replies: { 'GET /images/search': json([]) } },
    ),
  ],
}
