import type { NodeDescription, SwarmNode } from '../../../domain/swarm/node.ts'
import { capitalized } from '../../capital.ts'
import { bytesSize } from '../../units.ts'
import { labelLines, timeText } from '../pretty-lines.ts'

/** A node as `node inspect --pretty` shows it (docker/cli node.nodeInspectPrettyTemplate). */
export function prettyNode({ ID = '', CreatedAt, Spec, Description = {}, Status, ManagerStatus }: SwarmNode): string {
  const lines = [`ID:\t\t\t${ID}`]
  if (Spec?.Name) lines.push(`Name:\t\t\t${Spec.Name}`)
  lines.push(...labelLines(Spec?.Labels))
  lines.push(
    `Hostname:              \t${Description.Hostname ?? ''}`,
    `Joined at:             \t${timeText(CreatedAt)}`,
  )
  lines.push('Status:', ` State:\t\t\t${capitalized(Status?.State ?? '')}`)
  if (Status?.Message) lines.push(` Message:              \t${capitalized(Status.Message)}`)
  lines.push(` Availability:         \t${capitalized(Spec?.Availability ?? '')}`)
  if (Status?.Addr) lines.push(` Address:\t\t${Status.Addr}`)
  if (ManagerStatus) {
    lines.push('Manager Status:', ` Address:\t\t${ManagerStatus.Addr ?? ''}`)
    lines.push(` Raft Status:\t\t${capitalized(ManagerStatus.Reachability ?? '')}`)
    lines.push(` Leader:\t\t${ManagerStatus.Leader ? 'Yes' : 'No'}`)
  }
  lines.push(...machineLines(Description), ...engineLines(Description), ...tlsLines(Description))
  return lines.join('\n')
}

function machineLines({ Platform, Resources }: NodeDescription): string[] {
  const { NanoCPUs = 0, MemoryBytes = 0 } = Resources ?? {}
  return [
    'Platform:',
    ` Operating System:\t${Platform?.OS ?? ''}`,
    ` Architecture:\t\t${Platform?.Architecture ?? ''}`,
    'Resources:',
    ` CPUs:\t\t\t${Math.trunc(NanoCPUs / 1e9)}`,
    ` Memory:\t\t${MemoryBytes === 0 ? '' : bytesSize(MemoryBytes)}`,
  ]
}

function engineLines({ Engine = {} }: NodeDescription): string[] {
  const plugins = new Map<string, string[]>()
  for (const { Type = '', Name = '' } of Engine.Plugins ?? []) plugins.set(Type, [...(plugins.get(Type) ?? []), Name])
  const types = [...plugins.keys()].sort()
  return [
    ...(types.length > 0 ? ['Plugins:'] : []),
    ...types.map((type) => ` ${type}:\t\t${plugins.get(type)?.join(', ') ?? ''}`),
    `Engine Version:\t\t${Engine.EngineVersion ?? ''}`,
    ...labelLines(Engine.Labels, 'Engine Labels:'),
  ]
}

function tlsLines({ TLSInfo = {} }: NodeDescription): string[] {
  const { TrustRoot = '', CertIssuerSubject = '', CertIssuerPublicKey = '' } = TLSInfo
  if (TrustRoot + CertIssuerSubject + CertIssuerPublicKey === '') return []
  return [
    'TLS Info:',
    ' TrustRoot:',
    TrustRoot,
    ` Issuer Subject:\t${CertIssuerSubject}`,
    ` Issuer Public Key:\t${CertIssuerPublicKey}`,
  ]
}
