// The flags of `swarm init`, `swarm join` and `swarm update`, and their translation.
import { ExitStatus } from '../../domain/errors.ts'
import { parseCsvRecord } from '../../domain/go/csv.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { canonicalIp, parseCidr } from '../../domain/network/address.ts'
import { parseListenAddress } from '../../domain/swarm/listen-address.ts'
import type { SwarmInitBody, SwarmJoinBody, SwarmSpec } from '../../domain/swarm/swarm.ts'
import { bool, int, list, type TypedFlags, text, type ValuesOf, value } from '../flag.ts'
import { duration, uint } from '../quantities.ts'
import { caFlags, changeCaConfig } from './ca.ts'

const SECOND = 1_000_000_000

/** The flags of a swarm's spec, which `swarm init` and `swarm update` share. */
const specFlags = {
  ...caFlags,
  'dispatcher-heartbeat': duration({
    default: 5 * SECOND,
    defaultText: '5s',
    summary: 'Interval of the heartbeats that nodes send (ns|us|ms|s|m|h)',
  }),
  'max-snapshots': uint({ minApi: '1.25', summary: 'Number of additional Raft snapshots to keep' }),
  'snapshot-interval': uint({
    default: 10_000,
    minApi: '1.25',
    summary: 'Number of log entries between Raft snapshots',
  }),
  'task-history-limit': int({ default: 5, summary: 'Number of past tasks to keep for each running one' }),
}

/** The flags of `swarm update`. */
export const swarmUpdateFlags = {
  ...specFlags,
  autolock: bool({ summary: 'Lock managers after a restart until the unlock key is entered (true|false)' }),
}

const DEFAULT_LISTEN_ADDRESS = '0.0.0.0:2377'

const nodeFlags = {
  'advertise-addr': text({ summary: 'Address for the other nodes to connect to, IP|INTERFACE[:PORT]' }),
  availability: text({ default: 'active', summary: 'Availability of this node: active, pause or drain' }),
  'data-path-addr': text({
    minApi: '1.31',
    summary: 'Address or interface for the traffic of containers, IP|INTERFACE',
  }),
  'listen-addr': {
    ...value<string>({
      valueType: 'node-addr',
      defaultText: DEFAULT_LISTEN_ADDRESS,
      summary: 'Address to listen on, IP|INTERFACE[:PORT]',
      default: DEFAULT_LISTEN_ADDRESS,
      read: (typed) => typed,
    }),
    set: parseListenAddress,
  },
}

/** The flags of `swarm join`. */
export const swarmJoinFlags = { ...nodeFlags, token: text({ summary: 'Token that lets a node join the swarm' }) }

/** The flags of `swarm init`. */
export const swarmInitFlags = {
  ...specFlags,
  ...nodeFlags,
  autolock: bool({ summary: 'Lock managers after a restart until the unlock key is entered' }),
  'data-path-port': uint({
    valueType: 'uint32',
    minApi: '1.40',
    summary: 'Port for the traffic of containers, 1024 to 49151; 0 means 4789',
  }),
  'default-addr-pool': list({
    valueType: 'ipNetSlice',
    defaultText: '[]',
    minApi: '1.39',
    summary: 'Address pool for the subnets of networks, in CIDR format',
    read: parsePools,
  }),
  'default-addr-pool-mask-length': uint({
    valueType: 'uint32',
    default: 24,
    minApi: '1.39',
    summary: 'Prefix length of the subnets in the address pool',
  }),
  'force-new-cluster': bool({ summary: 'Create a new cluster from the current state of this manager' }),
}

/**
 * Parses networks in CIDR format, separated by commas, and clears the host bits (pflag's ipNetSlice).
 * @throws Error with pflag's reason
 */
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

/** The spec of a swarm before the flags of `swarm init` change it. */
const INITIAL_SPEC: SwarmSpec = {
  Labels: null,
  Orchestration: {},
  Raft: { ElectionTick: 0, HeartbeatTick: 0 },
  Dispatcher: {},
  CAConfig: {},
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
}

/**
 * Returns the spec of a swarm, changed by the flags that were typed.
 * @param trustRoot the root certificate of external CAs whose flag names none, in PEM
 */
export function changeSwarmSpec(
  spec: SwarmSpec,
  flags: ValuesOf<typeof swarmUpdateFlags>,
  typedFlags: TypedFlags,
  trustRoot = '',
): SwarmSpec {
  const ifTyped = <T extends object>(name: string, change: T) => (typedFlags.has(name) ? change : {})
  return {
    ...spec,
    Orchestration: {
      ...spec.Orchestration,
      ...ifTyped('task-history-limit', { TaskHistoryRetentionLimit: flags['task-history-limit'] }),
    },
    Dispatcher: {
      ...spec.Dispatcher,
      ...ifTyped('dispatcher-heartbeat', { HeartbeatPeriod: flags['dispatcher-heartbeat'] || undefined }),
    },
    Raft: {
      ...spec.Raft,
      ...ifTyped('max-snapshots', { KeepOldSnapshots: flags['max-snapshots'] }),
      ...ifTyped('snapshot-interval', { SnapshotInterval: flags['snapshot-interval'] || undefined }),
    },
    EncryptionConfig: { ...spec.EncryptionConfig, ...ifTyped('autolock', { AutoLockManagers: flags.autolock }) },
    CAConfig: changeCaConfig(spec, flags, typedFlags, trustRoot),
  }
}

/**
 * Translates the flags of `swarm init` to the request's body.
 * @throws ExitStatus with docker's message for an unknown availability
 */
export function swarmInitBody(flags: ValuesOf<typeof swarmInitFlags>, typedFlags: TypedFlags): SwarmInitBody {
  return {
    ListenAddr: flags['listen-addr'],
    AdvertiseAddr: flags['advertise-addr'],
    DataPathAddr: flags['data-path-addr'],
    DataPathPort: flags['data-path-port'],
    ForceNewCluster: flags['force-new-cluster'],
    Spec: changeSwarmSpec(INITIAL_SPEC, flags, typedFlags),
    AutoLockManagers: flags.autolock,
    Availability: parseAvailability(flags.availability, typedFlags),
    DefaultAddrPool: flags['default-addr-pool'],
    SubnetSize: flags['default-addr-pool-mask-length'],
  }
}

/**
 * Translates the flags of `swarm join` to the request's body.
 * @param remote the address of a manager
 * @throws ExitStatus with docker's message for an unknown availability
 */
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
    Availability: parseAvailability(flags.availability, typedFlags),
  }
}

/** Returns the node's availability; empty for the daemon's default. */
function parseAvailability(typed: string, typedFlags: TypedFlags): string {
  if (!typedFlags.has('availability')) return ''
  const lowerCase = typed.toLowerCase()
  if (['active', 'pause', 'drain'].includes(lowerCase)) return lowerCase
  throw new ExitStatus(1, `invalid availability ${goQuote(typed)}, only active, pause and drain are supported`)
}
