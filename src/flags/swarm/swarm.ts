import { ExitStatus } from '../../domain/errors.ts'
import { parseCsvRecord } from '../../domain/go/csv.ts'
import { parseDuration } from '../../domain/go/duration.ts'
import { parseGoUint } from '../../domain/go/int.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { canonicalIp } from '../../domain/network/ip.ts'
import { parseCidr } from '../../domain/network/subnet.ts'
import { parseListenAddress } from '../../domain/swarm/listen-address.ts'
import type { SwarmInitBody, SwarmJoinBody, SwarmSpec } from '../../domain/swarm/swarm.ts'
import { bool, type Describe, int, list, type TypedFlags, text, type ValueFlag, type ValuesOf, value } from '../flag.ts'
import { externalCas } from './external-ca.ts'

const HOUR = 3_600_000_000_000
const SECOND = 1_000_000_000

/** A time in nanoseconds, typed as `1m30s`. @param usual the value while it is not given, and how help shows it */
function duration(describe: Describe, usual: number): ValueFlag<number> {
  return value({ ...describe, valueType: 'duration', default: usual, read: parseDuration })
}

function unsigned(describe: Describe, valueType: 'uint' | 'uint32', usual = 0): ValueFlag<number> {
  const shown = usual === 0 ? {} : { defaultText: String(usual) }
  const bits = valueType === 'uint' ? 64 : 32
  return value({ ...describe, ...shown, valueType, default: usual, read: (typed) => parseGoUint(typed, bits) })
}

/** The flags of certificates, of `swarm init`, `swarm update` and `swarm ca`. */
export const caFlags = {
  'cert-expiry': duration(
    { defaultText: '2160h0m0s', summary: "How long nodes' certificates are good for (ns|us|ms|s|m|h)" },
    2160 * HOUR,
  ),
  'external-ca': externalCas(),
}

/** The flags of what is asked of a swarm, of `swarm init` and `swarm update`. */
const specFlags = {
  ...caFlags,
  'dispatcher-heartbeat': duration(
    { defaultText: '5s', summary: 'How often nodes say that they are there (ns|us|ms|s|m|h)' },
    5 * SECOND,
  ),
  'max-snapshots': unsigned({ minApi: '1.25', summary: 'How many more Raft snapshots to keep' }, 'uint'),
  'snapshot-interval': unsigned(
    { minApi: '1.25', summary: 'How many log entries there are between Raft snapshots' },
    'uint',
    10_000,
  ),
  'task-history-limit': int({ default: 5, summary: 'How many past tasks to remember for each that runs' }),
}

/** Every flag of `swarm update`. */
export const swarmUpdateFlags = {
  ...specFlags,
  autolock: bool({ summary: 'Lock managers that restart until they are given a key (true|false)' }),
}

const USUAL_ADDRESS = '0.0.0.0:2377'

const nodeFlags = {
  'advertise-addr': text({ summary: 'Address the others reach this node at: IP or interface[:PORT]' }),
  availability: text({ default: 'active', summary: 'Whether this node takes tasks: active, pause or drain' }),
  'data-path-addr': text({ minApi: '1.31', summary: "Address or interface for containers' traffic" }),
  'listen-addr': {
    ...value<string>({
      valueType: 'node-addr',
      defaultText: USUAL_ADDRESS,
      summary: 'Address to listen on: IP or interface[:PORT]',
      default: USUAL_ADDRESS,
      read: (typed) => typed,
    }),
    set: parseListenAddress,
  },
}

/** Every flag of `swarm join`. */
export const swarmJoinFlags = { ...nodeFlags, token: text({ summary: 'What the swarm lets nodes in for' }) }

/** Every flag of `swarm init`. */
export const swarmInitFlags = {
  ...specFlags,
  ...nodeFlags,
  autolock: bool({ summary: 'Lock managers that restart until they are given a key' }),
  'data-path-port': unsigned(
    { minApi: '1.40', summary: "Port for containers' traffic, 1024 to 49151; 0 stands for 4789" },
    'uint32',
  ),
  'default-addr-pool': list({
    valueType: 'ipNetSlice',
    defaultText: '[]',
    minApi: '1.39',
    summary: "Where networks' subnets come from, as CIDR",
    read: parsePools,
  }),
  'default-addr-pool-mask-length': unsigned(
    { minApi: '1.39', summary: 'How many bits name a subnet of the pool' },
    'uint32',
    24,
  ),
  'force-new-cluster': bool({ summary: 'Begin anew with what this manager knows' }),
}

/** Networks, separated by commas; what is behind the mask is left out (pflag's ipNetSlice). @throws Error with its reason */
function parsePools(typed: string): string[] {
  const record = typed.replace(/["'`]/g, '')
  return record === '' ? [] : parseCsvRecord(record).map(parsePool)
}

function parsePool(typed: string): string {
  try {
    const { address, prefix } = parseCidr(typed.trim())
    const bytes = address.map((byte, at) => byte & (0xff & ~(0xff >> Math.min(8, Math.max(0, prefix - at * 8)))))
    const groups = bytes.flatMap((byte, at) => (at % 2 === 0 ? [(byte << 8) | (bytes[at + 1] ?? 0)] : []))
    const ip = bytes.length === 4 ? bytes.join('.') : groups.map((group) => group.toString(16)).join(':')
    return `${canonicalIp(ip) ?? ip}/${prefix}`
  } catch (error) {
    throw new Error(`invalid string being converted to CIDR: ${typed}`, { cause: error })
  }
}

/** What is asked of a swarm that does not exist yet. */
const BLANK: SwarmSpec = {
  Labels: null,
  Orchestration: {},
  Raft: { ElectionTick: 0, HeartbeatTick: 0 },
  Dispatcher: {},
  CAConfig: {},
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
}

/**
 * What is asked of a swarm, changed by the flags that were typed.
 * @param trustRoot the certificate that external authorities are known by where none was named, in PEM
 */
export function changedSpec(
  spec: SwarmSpec,
  flags: ValuesOf<typeof swarmUpdateFlags>,
  typedFlags: TypedFlags,
  trustRoot = '',
): SwarmSpec {
  const when = <T extends object>(name: string, change: T) => (typedFlags.has(name) ? change : {})
  return {
    ...spec,
    Orchestration: {
      ...spec.Orchestration,
      ...when('task-history-limit', { TaskHistoryRetentionLimit: flags['task-history-limit'] }),
    },
    Dispatcher: {
      ...spec.Dispatcher,
      ...when('dispatcher-heartbeat', { HeartbeatPeriod: flags['dispatcher-heartbeat'] || undefined }),
    },
    Raft: {
      ...spec.Raft,
      ...when('max-snapshots', { KeepOldSnapshots: flags['max-snapshots'] }),
      ...when('snapshot-interval', { SnapshotInterval: flags['snapshot-interval'] || undefined }),
    },
    EncryptionConfig: { ...spec.EncryptionConfig, ...when('autolock', { AutoLockManagers: flags.autolock }) },
    CAConfig: changedCa(spec, flags, typedFlags, trustRoot),
  }
}

/** How a swarm's certificates are made, changed by the flags that were typed. */
export function changedCa(
  spec: SwarmSpec,
  flags: ValuesOf<typeof caFlags>,
  typedFlags: TypedFlags,
  trustRoot: string,
): NonNullable<SwarmSpec['CAConfig']> {
  const authorities = flags['external-ca'].map((authority) => ({ ...authority, CACert: authority.CACert || trustRoot }))
  return {
    ...spec.CAConfig,
    ...(typedFlags.has('cert-expiry') ? { NodeCertExpiry: flags['cert-expiry'] || undefined } : {}),
    ...(typedFlags.has('external-ca') ? { ExternalCAs: authorities } : {}),
  }
}

/** The body of the request that makes a swarm. @throws ExitStatus in docker's words */
export function swarmInitBody(flags: ValuesOf<typeof swarmInitFlags>, typedFlags: TypedFlags): SwarmInitBody {
  return {
    ListenAddr: flags['listen-addr'],
    AdvertiseAddr: flags['advertise-addr'],
    DataPathAddr: flags['data-path-addr'],
    DataPathPort: flags['data-path-port'],
    ForceNewCluster: flags['force-new-cluster'],
    Spec: changedSpec(BLANK, flags, typedFlags),
    AutoLockManagers: flags.autolock,
    Availability: availability(flags.availability, typedFlags),
    DefaultAddrPool: flags['default-addr-pool'],
    SubnetSize: flags['default-addr-pool-mask-length'],
  }
}

/** The body of the request to join a swarm. @throws ExitStatus in docker's words */
export function swarmJoinBody(
  remote: string,
  flags: ValuesOf<typeof swarmJoinFlags>,
  typedFlags: TypedFlags,
): SwarmJoinBody {
  return {
    ListenAddr: flags['listen-addr'],
    AdvertiseAddr: flags['advertise-addr'],
    DataPathAddr: flags['data-path-addr'],
    RemoteAddrs: [remote],
    JoinToken: flags.token,
    Availability: availability(flags.availability, typedFlags),
  }
}

/** What a node is to be; empty leaves it to the daemon. */
function availability(typed: string, typedFlags: TypedFlags): string {
  if (!typedFlags.has('availability')) return ''
  const meant = typed.toLowerCase()
  if (['active', 'pause', 'drain'].includes(meant)) return meant
  throw new ExitStatus(1, `invalid availability ${goQuote(typed)}, only active, pause and drain are supported`)
}
