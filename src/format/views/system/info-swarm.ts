import type { SwarmCluster, SwarmInfo } from '../../../domain/system/info.ts'
import { humanDuration } from '../../age.ts'
import { type Lines, line, lines } from './info-lines.ts'

/** What `info` says of the swarm (docker/cli system.printSwarmInfo). */
export function swarmLines(swarm: SwarmInfo): Lines {
  const { LocalNodeState: state = '', Error: problem = '', ControlAvailable: isManager = false, Cluster } = swarm
  const head = line('Swarm', state)
  if (state === 'inactive' || state === 'locked') return [head]
  const knowsCluster = Cluster && isManager && problem === '' && state !== 'error'
  return [
    head,
    ...indented([
      line('NodeID', swarm.NodeID),
      ...(problem === '' ? [] : [line('Error', problem)]),
      line('Is Manager', isManager),
    ]),
    ...(knowsCluster ? cluster(swarm, Cluster) : []),
    ...indented([line('Node Address', swarm.NodeAddr)]),
    ...managers(swarm),
  ]
}

function managers({ RemoteManagers }: SwarmInfo): Lines {
  const addresses = (RemoteManagers ?? []).map(({ Addr = '' }) => Addr).sort()
  return addresses.length === 0 ? [] : ['  Manager Addresses:', ...lines('   ', addresses)]
}

function cluster({ Managers = 0, Nodes = 0 }: SwarmInfo, cluster: SwarmCluster): Lines {
  const { Orchestration, Raft, Dispatcher, EncryptionConfig } = cluster.Spec ?? {}
  const pool = cluster.DefaultAddrPool
  const pools = [
    line('Default Address Pool', (pool ?? []).map((address) => `${address}  `).join('')),
    line('SubnetSize', cluster.SubnetSize ?? 0),
  ]
  const kept = Raft?.KeepOldSnapshots
  return indented([
    line('ClusterID', cluster.ID),
    line('Managers', Managers),
    line('Nodes', Nodes),
    ...(pool ? pools : []),
    ...((cluster.DataPathPort ?? 0) > 0 ? [line('Data Path Port', cluster.DataPathPort)] : []),
    ' Orchestration:',
    ` ${line('Task History Retention Limit', Orchestration?.TaskHistoryRetentionLimit ?? 0)}`,
    ' Raft:',
    ` ${line('Snapshot Interval', Raft?.SnapshotInterval ?? 0)}`,
    ...(kept === undefined || kept === null ? [] : [` ${line('Number of Old Snapshots to Retain', kept)}`]),
    ` ${line('Heartbeat Tick', Raft?.HeartbeatTick ?? 0)}`,
    ` ${line('Election Tick', Raft?.ElectionTick ?? 0)}`,
    ' Dispatcher:',
    ` ${line('Heartbeat Period', duration(Dispatcher?.HeartbeatPeriod))}`,
    ...authority(cluster),
    line('Autolock Managers', EncryptionConfig?.AutoLockManagers ?? false),
    line('Root Rotation In Progress', cluster.RootRotationInProgress ?? false),
  ])
}

function authority({ Spec }: SwarmCluster): Lines {
  const { NodeCertExpiry, ForceRotate = 0, SigningCACert = '', ExternalCAs } = Spec?.CAConfig ?? {}
  const certificate = SigningCACert.trim()
  const external = (ExternalCAs ?? []).map(({ Protocol = '', URL = '' }) => `    ${Protocol}: ${URL}`)
  return [
    ' CA Configuration:',
    ` ${line('Expiry Duration', duration(NodeCertExpiry))}`,
    ` ${line('Force Rotate', ForceRotate)}`,
    ...(certificate === '' ? [] : [`  Signing CA Certificate: \n${certificate}\n`]),
    ...(external.length === 0 ? [] : ['  External CAs:', ...external]),
  ]
}

function duration(nanoseconds = 0): string {
  return humanDuration(nanoseconds / 1e9)
}

function indented(items: Lines): Lines {
  return lines(' ', items)
}
