/** The shapes of responses about swarms. Specs, which an update sends back, are checked in the parts that are shown. */
import { BOOL, embedded, INT, LABELS, list, STRING, STRINGS, struct, UINT32, UINT64 } from '../shape.ts'

const meta = () =>
  embedded('Meta', {
    Version: struct('swarm.Version', () => ({ Index: UINT64 })),
    CreatedAt: STRING,
    UpdatedAt: STRING,
  })
const annotations = () => embedded('Annotations', { Name: STRING, Labels: LABELS })
const enumeration = (goType: string) => ({ ...STRING, goType })

const PORT = struct('swarm.PortConfig', () => ({
  Name: STRING,
  Protocol: enumeration('swarm.PortConfigProtocol'),
  TargetPort: UINT32,
  PublishedPort: UINT32,
  PublishMode: enumeration('swarm.PortConfigPublishMode'),
}))

const MODE = struct('swarm.ServiceMode', () => ({
  Replicated: struct('swarm.ReplicatedService', () => ({ Replicas: UINT64 })),
  ReplicatedJob: struct('swarm.ReplicatedJob', () => ({ MaxConcurrent: UINT64, TotalCompletions: UINT64 })),
}))

const TASK_SPEC = struct('swarm.TaskSpec', () => ({
  ContainerSpec: struct('swarm.ContainerSpec', () => ({ Image: STRING })),
}))

export const SERVICE = struct('swarm.Service', () => ({
  ID: STRING,
  ...meta(),
  Spec: struct('swarm.ServiceSpec', () => ({ ...annotations(), TaskTemplate: TASK_SPEC, Mode: MODE })),
  Endpoint: struct('swarm.Endpoint', () => ({ Ports: list(PORT) })),
  ServiceStatus: struct('swarm.ServiceStatus', () => ({
    RunningTasks: UINT64,
    DesiredTasks: UINT64,
    CompletedTasks: UINT64,
  })),
}))

export const CREATED_SERVICE = struct('swarm.ServiceCreateResponse', () => ({ ID: STRING, Warnings: STRINGS }))
export const UPDATED_SERVICE = struct('swarm.ServiceUpdateResponse', () => ({ Warnings: STRINGS }))
export const DISTRIBUTION = struct('registry.DistributionInspect', () => ({}))

export const TASK = struct('swarm.Task', () => ({
  ID: STRING,
  ...meta(),
  ServiceID: STRING,
  NodeID: STRING,
  Slot: INT,
  DesiredState: enumeration('swarm.TaskState'),
  Spec: TASK_SPEC,
  Status: struct('swarm.TaskStatus', () => ({
    Timestamp: STRING,
    State: enumeration('swarm.TaskState'),
    Message: STRING,
    Err: STRING,
    PortStatus: struct('swarm.PortStatus', () => ({ Ports: list(PORT) })),
  })),
}))

export const NODE = struct('swarm.Node', () => ({
  ID: STRING,
  ...meta(),
  Spec: struct('swarm.NodeSpec', () => ({
    ...annotations(),
    Role: enumeration('swarm.NodeRole'),
    Availability: enumeration('swarm.NodeAvailability'),
  })),
  Description: struct('swarm.NodeDescription', () => ({
    Hostname: STRING,
    Platform: struct('swarm.Platform', () => ({ Architecture: STRING, OS: STRING })),
    Engine: struct('swarm.EngineDescription', () => ({
      EngineVersion: STRING,
      Labels: LABELS,
      Plugins: list(struct('swarm.PluginDescription', () => ({ Type: STRING, Name: STRING }))),
    })),
    TLSInfo: struct('swarm.TLSInfo', () => ({
      TrustRoot: STRING,
      CertIssuerSubject: STRING,
      CertIssuerPublicKey: STRING,
    })),
  })),
  Status: struct('swarm.NodeStatus', () => ({ State: enumeration('swarm.NodeState'), Message: STRING, Addr: STRING })),
  ManagerStatus: struct('swarm.ManagerStatus', () => ({
    Leader: BOOL,
    Reachability: enumeration('swarm.Reachability'),
    Addr: STRING,
  })),
}))

const fileSpec = () => ({ ...annotations(), Driver: struct('swarm.Driver', () => ({ Name: STRING })) })
const file = (goType: string) =>
  struct(goType, () => ({
    ID: STRING,
    ...meta(),
    Spec: struct(`${goType}Spec`, fileSpec),
  }))

export const SWARM_FILES = { secret: file('swarm.Secret'), config: file('swarm.Config') } as const
export const CREATED_SWARM_FILES = {
  secret: struct('types.SecretCreateResponse', () => ({ ID: STRING })),
  config: struct('types.ConfigCreateResponse', () => ({ ID: STRING })),
} as const

export const SWARM = struct('swarm.Swarm', () => ({
  ...embedded('ClusterInfo', { ID: STRING }),
  ...meta(),
  JoinTokens: struct('swarm.JoinTokens', () => ({ Worker: STRING, Manager: STRING })),
}))

export const UNLOCK_KEY = struct('swarm.UnlockKeyResponse', () => ({ UnlockKey: STRING }))
