/** The shapes of responses about containers. */
import {
  ANY,
  BOOL,
  embedded,
  filled,
  INT,
  INT64,
  LABELS,
  list,
  map,
  STRING,
  STRINGS,
  struct,
  UINT16,
  UINT32,
  UINT64,
} from '../shape.ts'

const PORT = struct('container.Port', () => ({
  IP: STRING,
  PrivatePort: filled(UINT16),
  PublicPort: UINT16,
  Type: filled(STRING),
}))

const MOUNT = struct('container.MountPoint', () => ({
  Type: STRING,
  Name: STRING,
  Source: STRING,
  Destination: STRING,
  Driver: STRING,
  Mode: STRING,
  RW: BOOL,
  Propagation: STRING,
}))

export const CONTAINER_SUMMARY = struct('container.Summary', () => ({
  Id: STRING,
  Names: STRINGS,
  Image: STRING,
  ImageID: STRING,
  Command: STRING,
  Created: INT64,
  Ports: list(PORT),
  SizeRw: INT64,
  SizeRootFs: INT64,
  Labels: LABELS,
  State: STRING,
  Status: STRING,
  Health: struct('container.HealthSummary', () => ({ Status: STRING })),
  HostConfig: struct('struct { NetworkMode string }', () => ({ NetworkMode: STRING })),
  NetworkSettings: struct('container.NetworkSettingsSummary', () => ({ Networks: map(ANY) })),
  Mounts: list(MOUNT),
}))

export const CREATED_CONTAINER = struct('container.CreateResponse', () => ({ Id: STRING, Warnings: STRINGS }))
export const UPDATED_CONTAINER = struct('container.UpdateResponse', () => ({ Warnings: STRINGS }))

export const ID_RESPONSE = struct('common.IDResponse', () => ({ Id: STRING }))

export const EXEC_INSPECTION = struct('container.ExecInspect', () => ({ ExitCode: INT }))

export const CONTAINER_INSPECTION = struct('container.InspectResponse', () => ({
  ...embedded('ContainerJSONBase', {
    Id: STRING,
    State: struct('container.State', () => ({
      Running: BOOL,
      Paused: BOOL,
      Restarting: BOOL,
      ExitCode: INT,
      StartedAt: STRING,
      Health: struct('container.Health', () => ({
        Status: STRING,
        FailingStreak: INT,
        Log: list(struct('container.HealthcheckResult', () => ({ ExitCode: filled(INT), Output: filled(STRING) }))),
      })),
    })),
    HostConfig: struct('container.HostConfig', () => ({ AutoRemove: BOOL })),
  }),
  Config: struct('container.Config', () => ({
    Tty: BOOL,
    OpenStdin: BOOL,
    Healthcheck: struct('container.HealthConfig', () => ({ Retries: INT })),
  })),
  NetworkSettings: struct('container.NetworkSettings', () => ({
    Ports: map(list(struct('nat.PortBinding', () => ({ HostIp: filled(STRING), HostPort: filled(STRING) })))),
  })),
}))

export const PROCESS_LIST = struct('container.TopResponse', () => ({ Titles: STRINGS, Processes: list(STRINGS) }))

export const FILE_CHANGE = struct('container.FilesystemChange', () => ({
  Kind: { ...INT, goType: 'container.ChangeType', kind: 'uint' },
  Path: STRING,
}))

export const PRUNED_CONTAINERS = struct('container.PruneReport', () => ({
  ContainersDeleted: STRINGS,
  SpaceReclaimed: UINT64,
}))

const CPU = struct('container.CPUStats', () => ({
  cpu_usage: struct('container.CPUUsage', () => ({ total_usage: UINT64, percpu_usage: list(UINT64) })),
  system_cpu_usage: UINT64,
  online_cpus: UINT32,
}))

export const STATS_SAMPLE = struct('container.StatsResponse', () => ({
  id: STRING,
  name: STRING,
  num_procs: UINT32,
  pids_stats: struct('container.PidsStats', () => ({ current: UINT64 })),
  cpu_stats: CPU,
  precpu_stats: CPU,
  memory_stats: struct('container.MemoryStats', () => ({
    usage: UINT64,
    limit: UINT64,
    stats: map(UINT64),
    privateworkingset: UINT64,
  })),
  storage_stats: struct('container.StorageStats', () => ({ read_size_bytes: UINT64, write_size_bytes: UINT64 })),
  blkio_stats: struct('container.BlkioStats', () => ({
    io_service_bytes_recursive: list(struct('container.BlkioStatEntry', () => ({ op: STRING, value: UINT64 }))),
  })),
  networks: map(struct('container.NetworkStats', () => ({ rx_bytes: UINT64, tx_bytes: UINT64 }))),
}))

export const EVENT = struct('events.Message', () => ({
  status: STRING,
  id: STRING,
  from: STRING,
  Type: { ...STRING, goType: 'events.Type' },
  Action: { ...STRING, goType: 'events.Action' },
  Actor: struct('events.Actor', () => ({ ID: STRING, Attributes: LABELS })),
  scope: STRING,
  time: INT64,
  timeNano: INT64,
}))

export const WAIT_RESPONSE = struct('container.WaitResponse', () => ({
  Error: struct('container.WaitExitError', () => ({ Message: STRING })),
  StatusCode: INT64,
}))

export const CHECKPOINT = struct('checkpoint.Summary', () => ({ Name: STRING }))
