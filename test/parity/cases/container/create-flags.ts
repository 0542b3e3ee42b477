import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { creating } from './run-replies.ts'

/** A valid value of every flag that only new, Windows or experimental daemons support. */
const gated: readonly (readonly string[])[] = [
  ['--annotation', 'a=b'],
  ['--cgroupns', 'host'],
  ['--cpu-count', '2'],
  ['--cpu-percent', '50'],
  ['--cpu-rt-period', '1000'],
  ['--cpu-rt-runtime', '500'],
  ['--cpus', '1.5'],
  ['--gpus', 'all'],
  ['--health-start-interval', '1s'],
  ['--health-start-period', '1s'],
  ['--init'],
  ['--io-maxbandwidth', '1m'],
  ['--io-maxiops', '100'],
  ['--ip6', '2001:db8::33'],
  ['--ipc', 'host'],
  ['--isolation', 'default'],
  ['--kernel-memory', '64m'],
  ['--link-local-ip', '169.254.0.1'],
  ['--mount', 'type=volume,target=/a'],
  ['--network', 'name=n,alias=x'],
  ['--platform', 'linux/amd64'],
  ['--pull', 'never'],
  ['--runtime', 'runc'],
  ['--shm-size', '64m'],
  ['--stop-timeout', '5'],
  ['--storage-opt', 'size=10G'],
  ['--sysctl', 'a.b=1'],
  ['--tmpfs', '/x'],
  ['--userns', 'host'],
]

/** The other flags, most with a valid value. */
const others: readonly (readonly string[])[] = [
  ['--blkio-weight', '0x10'],
  ['--blkio-weight', '1_0'],
  ['--blkio-weight-device', '/dev/sda:100'],
  ['--cgroup-parent', '/x'],
  ['--cpu-period', '1000', '--cpu-quota', '-1', '--cpu-shares', '010'],
  ['--cpuset-mems', '0'],
  ['--device-cgroup-rule', 'c 1:3 mr'],
  ['--device-read-bps', '/dev/sda:1mb', '--device-write-bps', '/dev/sda:2mb'],
  ['--device-read-iops', '/dev/sda:10', '--device-write-iops', '/dev/sda:20'],
  ['--domainname', 'example.com'],
  ['--disable-content-trust'],
  ['--group-add', 'a', '--group-add', '1000'],
  ['--health-cmd', 'x', '--health-timeout', '3s', '--health-start-period', '1m', '--health-start-interval', '2s'],
  ['--memory-swappiness', '60'],
  ['--memory-swappiness', '101'],
  ['--oom-score-adj', '-500'],
  ['--runtime', 'crun', '--isolation', 'process'],
  ['--shm-size', 'x'],
  ['--volume-driver', 'd', '-v', 'a:/b'],
]

/** Deprecated names of flags, which help does not show. */
const hidden: readonly (readonly string[])[] = [
  ['--net', 'host'],
  ['--net=n', '--net-alias', 'a', '--net-alias=b'],
  ['--net', 'one', '--network', 'two'],
  ['--net-alias', 'a'],
  ['--dns-opt', 'ndots:2', '--dns-option', 'rotate'],
  ['--dns-opt='],
  ['--net'],
  ['--net='],
  ['--dns-opts', 'x'],
  ['--nets', 'x'],
  ['--net', 'name=n,bogus=1'],
]

/** Names of inherited members of JavaScript objects, which are not flags, units or networks. */
const inherited: readonly (readonly string[])[] = [
  ['--constructor'],
  ['--__proto__'],
  ['--toString=1'],
  ['--network', 'constructor'],
  ['--network', '__proto__', '--network', 'toString'],
  ['--network', '__proto__', '--network', '__proto__'],
  ['--health-interval', '8__proto__'],
  ['--log-opt', '__proto__=1', '--label', 'constructor=1', '--sysctl', '__proto__=2', '--storage-opt', '__proto__=3'],
  ['--annotation', '__proto__=1', '-e', 'constructor', '--ulimit', 'constructor=1'],
  ['--tmpfs', '__proto__', '--add-host', '__proto__:1.2.3.4', '--link', '__proto__:x'],
  ['-v', '__proto__:/constructor', '--mount', 'type=volume,target=/t,volume-opt=__proto__=1,volume-label=__proto__=2'],
  ['--gpus', 'driver=constructor,"options=__proto__=1"', '--expose', '80', '-p', '80'],
  ['--blkio-weight-device', '__proto__:100'],
]

const withImage = (flags: readonly (readonly string[])[]) => flags.map((words) => [...words, 'img'])

const cases: ParityCase[] = [
  ...['1.24', '1.39', '1.42', '1.43', '1.50'].flatMap((apiVersion) =>
    each(['create'], withImage(gated), { apiVersion, replies: creating, note: `daemon ${apiVersion}` }),
  ),
  ...each(['create'], withImage(gated.filter(([flag]) => /cpu-|io-max|isolation/.test(flag ?? ''))), {
    headers: { Ostype: 'windows' },
    replies: creating,
    note: 'windows',
  }),
  ...each(
    ['create'],
    withImage([
      ['--gpus', 'all', '--cpu-count', '2', '--cgroupns', 'host', '--annotation', 'a=b'],
      ['--platform', 'bogus/x/y/z', '--gpus', 'all'],
      ['--gpus', 'x=y=z'],
    ]),
    { apiVersion: '1.30', replies: creating, note: 'several' },
  ),
  ...each(
    ['create'],
    withImage([
      ['--cpu-count', '2'],
      ['--gpus', 'all'],
    ]),
    { daemon: 'none', note: 'no daemon' },
  ),
  ...each(
    ['create'],
    [
      ['--gpus', 'all'],
      ['--cpu-count', '2', '--bogus'],
    ],
    { apiVersion: '1.24', note: 'no image' },
  ),
  ...each(['create'], withImage([...others, ...hidden, ...inherited]), { replies: creating }),
  ...each(
    ['container', 'create'],
    withImage([
      ['--net', 'host'],
      ['--gpus', 'all'],
      ['--blkio-weight', 'x'],
    ]),
    {
      apiVersion: '1.39',
      replies: creating,
    },
  ),
  ...each(
    ['run', '-d'],
    withImage([
      ['--gpus', 'all', '--annotation', 'a=b'],
      ['--cpu-count', '2'],
    ]),
    { apiVersion: '1.39', replies: { ...creating, 'POST /containers/*/start': { status: 204 } }, note: 'daemon 1.39' },
  ),
  ...each(
    ['start'],
    [
      ['--checkpoint', 'c', 'a'],
      ['--checkpoint', 'c', '--checkpoint-dir', '/d', 'a'],
    ],
    {
      daemon: 'none',
      note: 'no daemon',
    },
  ),
  ...each(
    ['create'],
    [
      ['--bogus', '--gpus', 'all', 'img'],
      ['--gpus', 'all', '--help'],
    ],
    { apiVersion: '1.24' },
  ),
  ...each(
    ['restart'],
    [
      ['--time', '5', '--bogus'],
      ['--bogus', '--time', '5'],
      ['--time', '5', '-t', 'x'],
    ],
    {
      note: 'a deprecated flag before an invalid one',
    },
  ),
  ...[
    { Ostype: 'windows', 'Docker-Experimental': 'true' },
    { Ostype: 'linux', 'Docker-Experimental': 'true' },
    { Ostype: 'windows', 'Docker-Experimental': 'false' },
  ].flatMap((headers) =>
    each(['start'], [['--checkpoint', 'c', '--checkpoint-dir', '/d', 'a']], { headers, note: JSON.stringify(headers) }),
  ),
  ...each(['start'], [['--checkpoint', 'c', '--checkpoint-dir', '/d', 'a']], {
    apiVersion: '1.24',
    note: 'daemon 1.24',
  }),
]

/** Less common flags: those that a daemon does not support, their requests, and deprecated names. */
export const createFlags: ParityGroup = { name: 'create-flags', cases }
