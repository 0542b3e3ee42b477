import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { leader, outside } from './nodes.ts'

const pem = (what: string, content: string) => `-----BEGIN ${what}-----\n${content}\n-----END ${what}-----\n`
const certificate = pem('CERTIFICATE', 'MIIBazCCARCgAwIBAgIUTdI=')
const key = pem('EC PRIVATE KEY', 'MHcCAQEEIA==')
const files = {
  'cwd/ca.pem': certificate,
  'cwd/key.pem': key,
  'cwd/other.pem': pem('CERTIFICATE', 'b3RoZXI='),
  'cwd/none.pem': 'nothing\n',
  'cwd/directory': 'directory' as const,
}

const spec = {
  Name: 'default',
  Labels: { a: 'b' },
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: {
    SnapshotInterval: 10000,
    KeepOldSnapshots: 0,
    LogEntriesForSlowFollowers: 500,
    ElectionTick: 10,
    HeartbeatTick: 1,
  },
  Dispatcher: { HeartbeatPeriod: 5000000000 },
  CAConfig: { NodeCertExpiry: 7776000000000000, ForceRotate: 2 },
  TaskDefaults: { LogDriver: { Name: 'json-file' } },
  EncryptionConfig: { AutoLockManagers: false },
}
const swarm = {
  ID: 'c1',
  Version: { Index: 10 },
  CreatedAt: '2025-01-02T03:04:05Z',
  UpdatedAt: '2025-01-02T03:04:05Z',
  Spec: spec,
  TLSInfo: leader.Description.TLSInfo,
  RootRotationInProgress: false,
  JoinTokens: { Worker: 'SWMTKN-1-worker', Manager: 'SWMTKN-1-manager' },
}
const locked = { ...swarm, Spec: { ...spec, EncryptionConfig: { AutoLockManagers: true } } }

const world: Replies = {
  'GET /swarm': json(swarm),
  'GET /swarm/unlockkey': json({ UnlockKey: 'SWMKEY-1-key' }),
  'GET /info': json({ Swarm: { NodeID: leader.ID, LocalNodeState: 'active', ControlAvailable: true } }),
  'GET /nodes': json([leader]),
  [`GET /nodes/${leader.ID}`]: json(leader),
  'POST /swarm/init': json(leader.ID),
  'POST /swarm/*': { chunks: [] },
}
const withLock: Replies = { ...world, 'GET /swarm': json(locked) }
const noKey: Replies = { ...withLock, 'GET /swarm/unlockkey': failure(500, 'no key today') }
const inState = (state: string): Replies => ({ ...world, 'GET /info': json({ Swarm: { LocalNodeState: state } }) })

const specTails = [
  ['--cert-expiry', '24h'],
  ['--cert-expiry', '0s'],
  ['--cert-expiry', 'soon'],
  ['--cert-expiry', '1d'],
  ['--dispatcher-heartbeat', '1m30s'],
  ['--dispatcher-heartbeat', '0'],
  ['--external-ca', 'protocol=cfssl,url=https://ca.example.com'],
  ['--external-ca', 'protocol=CFSSL,url=https://a,x=y,cacert=ca.pem', '--external-ca', 'protocol=cfssl,url=b'],
  ['--external-ca', 'url=https://ca.example.com'],
  ['--external-ca', 'protocol=cfssl'],
  ['--external-ca', 'protocol=other,url=a'],
  ['--external-ca', 'cfssl'],
  ['--external-ca', ''],
  ['--external-ca', 'protocol=cfssl,url=a,cacert=nope.pem'],
  ['--external-ca', 'protocol=cfssl,url=a,cacert=none.pem'],
  ['--max-snapshots', '3'],
  ['--max-snapshots', '0'],
  ['--max-snapshots', '-1'],
  ['--snapshot-interval', '500'],
  ['--snapshot-interval', '0'],
  ['--snapshot-interval', 'x'],
  ['--task-history-limit', '0'],
  ['--task-history-limit', '-1'],
  ['--task-history-limit', 'many'],
]

const init: ParityCase[] = [
  ...each(
    ['swarm', 'init'],
    [
      [],
      ...specTails,
      ['--advertise-addr', '10.0.0.1:2377', '--data-path-addr', 'eth1', '--data-path-port', '7777'],
      ['--data-path-port', '4294967296'],
      ['--data-path-port', '-1'],
      ['--availability', 'Drain'],
      ['--availability', 'active'],
      ['--availability', 'sleepy'],
      ['--availability='],
      ['--force-new-cluster'],
      ['--default-addr-pool', '10.1.2.3/16', '--default-addr-pool', '10.20.0.0/15, 30.30.0.0/16'],
      ['--default-addr-pool', '"10.0.0.0/8"', '--default-addr-pool-mask-length', '20'],
      ['--default-addr-pool', 'fd00:1:2:3::1/56'],
      ['--default-addr-pool', '10.0.0.0'],
      ['--default-addr-pool', ''],
      ['--default-addr-pool-mask-length', 'x'],
      ...[
        '127.0.0.1:2400',
        '127.0.0.1',
        ':4000',
        '[::1]:99',
        'eth0',
        'tcp://1.2.3.4',
        '1.2.3.4:',
        '::1',
        '1.2.3.4/x',
        'user@h:1',
        'h?x',
        'tcp://',
        '',
      ].map((address) => ['--listen-addr', address]),
      ...['udp://x', 'a:b:c', '1.2.3.4:port', '[::1]', 'a b', '[::1'].map((address) => ['--listen-addr', address]),
      ['--listen-addr', '1.2.3.4:5', '--listen-addr', ':6'],
      ['--autolock=false'],
      ['extra'],
      ['--token', 'x'],
    ],
    { replies: world, files },
  ),
  { argv: ['swarm', 'init', '--autolock'], replies: withLock },
  { argv: ['swarm', 'init', '--autolock'], note: 'no key', replies: noKey },
  {
    argv: ['swarm', 'init'],
    note: 'ambiguous address',
    replies: {
      'POST /swarm/init': failure(
        400,
        'could not choose an IP address to advertise since this system has multiple addresses on interface eth0 (10.0.0.1 and 10.0.0.2)',
      ),
    },
  },
  {
    argv: ['swarm', 'init'],
    note: 'in a swarm already',
    replies: {
      'POST /swarm/init': failure(
        503,
        'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.',
      ),
    },
  },
  {
    argv: ['swarm', 'init'],
    note: 'no local address',
    replies: { ...world, [`GET /nodes/${leader.ID}`]: json({ ...leader, ManagerStatus: null }) },
  },
  ...each(
    ['swarm', 'init'],
    [
      ['--data-path-port', '7777'],
      ['--default-addr-pool', '10.0.0.0/8'],
      ['--data-path-addr', 'eth0'],
    ],
    { note: 'an old daemon', apiVersion: '1.30', replies: world },
  ),
  { argv: ['swarm', 'init'], note: 'no daemon', daemon: 'none' },
]

const join: ParityCase[] = [
  ...each(
    ['swarm', 'join'],
    [
      ['--token', 'SWMTKN-1', '10.0.0.1:2377'],
      [
        ...['--token', 't', '--listen-addr', ':4000', '--advertise-addr', 'eth0', '--data-path-addr', 'eth1'],
        ...['--availability', 'PAUSE', '10.0.0.1:2377'],
      ],
      ['10.0.0.1:2377'],
      ['--availability', 'x', '10.0.0.1:2377'],
      [],
      ['a', 'b'],
      [''],
    ],
    { replies: world },
  ),
  {
    argv: ['swarm', 'join', '--token', 't', 'h:1'],
    note: 'as a worker',
    replies: { ...world, 'GET /info': json({ Swarm: { ControlAvailable: false } }) },
  },
  {
    argv: ['swarm', 'join', '--token', 't', 'h:1'],
    note: 'refused',
    replies: { 'POST /swarm/join': failure(400, 'invalid join token') },
  },
]

const tokens: ParityCase[] = [
  ...each(
    ['swarm', 'join-token'],
    [
      ['worker'],
      ['manager'],
      ['-q', 'worker'],
      ['--quiet', 'manager'],
      ['--rotate', 'worker'],
      ['--rotate', 'manager'],
      ['--rotate', '-q', 'manager'],
      ['boss'],
      [''],
      [],
      ['worker', 'manager'],
    ],
    { replies: world },
  ),
  { argv: ['swarm', 'join-token', 'worker'], note: 'outside of a swarm', replies: outside },
  { argv: ['swarm', 'join-token', '--rotate', 'worker'], note: 'outside of a swarm', replies: outside },
  {
    argv: ['swarm', 'join-token', '--rotate', 'worker'],
    note: 'update out of sequence',
    replies: {
      ...world,
      'POST /swarm/update': failure(500, 'rpc error: code = Unknown desc = update out of sequence'),
    },
  },
]

const locks: ParityCase[] = [
  ...each(['swarm', 'unlock-key'], [[], ['-q'], ['--rotate'], ['--rotate', '-q'], ['x']], { replies: withLock }),
  ...each(['swarm', 'unlock-key'], [[], ['-q'], ['--rotate']], {
    note: 'not locked',
    replies: { ...world, 'GET /swarm/unlockkey': json({ UnlockKey: '' }) },
  }),
  { argv: ['swarm', 'unlock-key'], note: 'no key', replies: noKey },
  { argv: ['swarm', 'unlock-key'], note: 'outside of a swarm', replies: outside },
  ...['inactive', 'pending', 'active', 'error', 'locked', ''].map((state) => ({
    argv: ['swarm', 'unlock'],
    note: `state ${state}`,
    stdin: ' SWMKEY-1-key \nmore\n',
    replies: inState(state),
  })),
  { argv: ['swarm', 'unlock'], note: 'no newline', stdin: 'SWMKEY-1-key', replies: inState('locked') },
  { argv: ['swarm', 'unlock'], note: 'nothing', replies: inState('locked') },
  {
    argv: ['swarm', 'unlock'],
    note: 'wrong key',
    stdin: 'x\n',
    replies: { ...inState('locked'), 'POST /swarm/unlock': failure(400, 'invalid key') },
  },
  { argv: ['swarm', 'unlock', 'SWMKEY-1'], replies: inState('locked') },
]

const update: ParityCase[] = [
  ...each(['swarm', 'update'], [...specTails, ['--autolock=false'], ['extra', '--autolock']], {
    replies: world,
    files,
  }),
  { argv: ['swarm', 'update'], replies: world, lenient: helpIsOurs },
  { argv: ['swarm', 'update', '--autolock'], replies: world },
  { argv: ['swarm', 'update', '--autolock'], note: 'locked already', replies: withLock },
  { argv: ['swarm', 'update', '--autolock=false'], note: 'locked', replies: withLock },
  { argv: ['swarm', 'update', '--autolock'], note: 'no key', replies: { ...noKey, 'GET /swarm': json(swarm) } },
  { argv: ['swarm', 'update', '--autolock'], note: 'outside of a swarm', replies: outside },
  {
    argv: ['swarm', 'update', '--task-history-limit', '3'],
    note: 'refused',
    replies: { ...world, 'POST /swarm/update': failure(400, 'invalid swarm spec') },
  },
  { argv: ['swarm', 'update', '--max-snapshots', '1'], note: 'an old daemon', apiVersion: '1.24', replies: world },
]

const newRoot = { TrustRoot: certificate, CertIssuerSubject: 'bmV3', CertIssuerPublicKey: 'a2V5' }
const rotating = (isRotating: boolean) => json({ ...swarm, TLSInfo: newRoot, RootRotationInProgress: isRotating })
const renewed = { ...leader, Description: { ...leader.Description, TLSInfo: newRoot } }
const rotation: Replies = {
  ...world,
  'GET /swarm': [json(swarm), rotating(true), rotating(false)],
  'GET /nodes': [json([leader]), json([renewed])],
}

const ca: ParityCase[] = [
  ...each(
    ['swarm', 'ca'],
    [
      [],
      ['-q'],
      ['--ca-cert', 'ca.pem'],
      ['--ca-key', 'key.pem'],
      ['--cert-expiry', '1h'],
      ['--external-ca', 'protocol=cfssl,url=a'],
      ['--ca-cert', 'nope.pem'],
      ['--ca-cert', 'none.pem'],
      ['--ca-cert', 'directory'],
      ['--ca-cert', ''],
      ['--rotate', '--detach'],
      ['--rotate', '-d', '--cert-expiry', '48h'],
      ['--rotate', '-d', '--ca-cert', 'ca.pem', '--ca-key', 'key.pem'],
      ['--rotate', '-d', '--ca-cert', 'ca.pem', '--external-ca', 'protocol=cfssl,url=a'],
      ['--rotate', '-d', '--ca-cert', 'ca.pem', '--external-ca', 'protocol=cfssl,url=a,cacert=other.pem'],
      ['--rotate', '-d', '--ca-cert', 'ca.pem'],
      ['--rotate', '-d', '--ca-key', 'key.pem'],
      ['--rotate', '-d', '--external-ca', 'protocol=cfssl,url=a'],
      ['extra'],
    ],
    { replies: world, files },
  ),
  { argv: ['swarm', 'ca', '--rotate'], replies: rotation },
  { argv: ['swarm', 'ca', '--rotate', '-q'], replies: rotation },
  {
    argv: ['swarm', 'ca', '--rotate'],
    note: 'refused',
    replies: { ...world, 'POST /swarm/update': failure(400, 'invalid swarm spec') },
  },
  {
    argv: ['swarm', 'ca', '--rotate'],
    note: 'the daemon fails midway',
    replies: { ...rotation, 'GET /swarm': [json(swarm), failure(500, 'no leader')] },
  },
  { argv: ['swarm', 'ca'], note: 'none', replies: { 'GET /swarm': json({ ...swarm, TLSInfo: {} }) } },
  { argv: ['swarm', 'ca'], note: 'outside of a swarm', replies: outside },
  { argv: ['swarm', 'ca'], note: 'an old daemon', apiVersion: '1.29', replies: world },
]

const leave: ParityCase[] = [
  ...each(['swarm', 'leave'], [[], ['-f'], ['--force'], ['x']], { replies: world }),
  {
    argv: ['swarm', 'leave'],
    note: 'the last manager',
    replies: { 'POST /swarm/leave': failure(503, 'Removing the last manager erases all current state of a swarm.') },
  },
  { argv: ['swarm', 'leave'], note: 'outside of a swarm', replies: outside },
]

const helps = 'init join join-token leave unlock unlock-key update ca'
  .split(' ')
  .map((verb) => ({ argv: ['swarm', verb, '--help'], lenient: helpIsOurs }))

export const swarmGroup: ParityGroup = {
  name: 'swarm',
  cases: [...init, ...join, ...tokens, ...locks, ...update, ...ca, ...leave, ...helps],
}
