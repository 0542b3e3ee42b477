// Translates a service of a Compose file to the spec of a swarm service (docker/cli compose/convert service).

import type { Healthcheck } from '../container/create-request.ts'
import { omitEmpty } from '../go/omit-empty.ts'
import { goQuote } from '../go/quote.ts'
import { isUserDefinedNetwork } from '../network/attachment.ts'
import { toHostsLines } from '../network/name-service.ts'
import { effectiveCapabilities } from '../service/capabilities.ts'
import type { ServiceFile } from '../service/file.ts'
import type {
  ConfigReference,
  ContainerSpec,
  CredentialSpec,
  NetworkAttachmentConfig,
  SecretReference,
  ServicePort,
  ServiceSpec,
} from '../service/service.ts'
import { NO_PRIVILEGES } from '../service/service.ts'
import type { Compose, Section, StackFile } from './compose.ts'
import { resourcesOf, restartPolicy, serviceMode, updateConfig } from './deploy-spec.ts'
import { translateVolume } from './mounts.ts'
import { IMAGE_LABEL, scopedName, withStackLabel } from './names.ts'
import type { FileReference, Service } from './service.ts'

const READABLE = 0o444

/** A service of a stack, the stack's files, and the ids of the secrets and configs that it uses. */
export interface StackService {
  readonly stack: string
  readonly name: string
  readonly service: Service
  readonly compose: Compose
  readonly secrets: readonly SecretReference[]
  readonly configs: readonly ConfigReference[]
}

/**
 * Returns the secrets or configs that a service mounts as files.
 * @throws Error with docker's message for one that the stack does not have
 */
export function mountedFiles(
  stack: string,
  references: readonly FileReference[],
  files: Section<StackFile>,
  kind: 'secret' | 'config',
): ServiceFile[] {
  return references.map(({ source, target, uid, gid, mode }) => ({
    source: nameOfFile(stack, source, files, kind),
    target: { Name: target || source, UID: uid || '0', GID: gid || '0', Mode: mode ?? READABLE },
  }))
}

/** Returns the name of the config that a service's credential spec uses; empty if it uses none. @throws Error */
export function credentialConfig(stack: string, { credential_spec }: Service, { configs }: Compose): string {
  const { config } = credential_spec
  return config === '' ? '' : nameOfFile(stack, config, configs, 'config')
}

function nameOfFile(stack: string, source: string, files: Section<StackFile>, kind: string): string {
  const file = files.get(source)?.value
  if (!file) throw new Error(`undefined ${kind} ${goQuote(source)}`)
  return file.name || scopedName(stack, source)
}

/** Translates a service. @throws Error with docker's reason */
export function translateService(stackService: StackService): ServiceSpec {
  const { stack, name, service } = stackService
  const { deploy, ports } = service
  const mode = serviceMode(deploy.mode, deploy.replicas)
  const container = containerSpec(stackService)
  const resources = resourcesOf(service)
  const restart = restartPolicy(service)
  const health = healthcheck(service)
  const networks = networksOf(stackService)
  const credentials = credentialSpec(stackService)
  const update = updateConfig(deploy.update_config)
  const rollback = updateConfig(deploy.rollback_config)
  return {
    Name: scopedName(stack, name),
    Labels: { ...withStackLabel(stack, deploy.labels), [IMAGE_LABEL]: service.image },
    TaskTemplate: {
      ContainerSpec: {
        ...container,
        ...(health ? { Healthcheck: health } : {}),
        Privileges: { ...NO_PRIVILEGES, CredentialSpec: credentials },
      },
      Resources: resources,
      ...(restart ? { RestartPolicy: restart } : {}),
      Placement: omitEmpty({
        Constraints: [...deploy.placement.constraints],
        Preferences: deploy.placement.preferences.map(({ spread }) => ({ Spread: { SpreadDescriptor: spread } })),
        MaxReplicas: deploy.placement.max_replicas_per_node,
      }),
      Networks: networks,
      ...(service.logging ? { LogDriver: logDriver(service.logging) } : {}),
      ForceUpdate: 0,
    },
    Mode: mode,
    ...(update ? { UpdateConfig: update } : {}),
    ...(rollback ? { RollbackConfig: rollback } : {}),
    EndpointSpec: omitEmpty({
      Mode: deploy.endpoint_mode.toLowerCase(),
      Ports: ports.map(portOf).sort(byPublishedPort),
    }),
  }
}

function containerSpec({ stack, service, compose, secrets, configs }: StackService): ContainerSpec {
  const { add, drop } = effectiveCapabilities(service.cap_add, service.cap_drop)
  const hasDns = service.dns.length > 0 || service.dns_search.length > 0
  return {
    ...omitEmpty({
      Image: service.image,
      Command: [...service.entrypoint],
      Args: [...service.command],
      Hostname: service.hostname,
      Env: environmentOf(service),
      Dir: service.working_dir,
      User: service.user,
      StopSignal: service.stop_signal,
      TTY: service.tty,
      OpenStdin: service.stdin_open,
      ReadOnly: service.read_only,
      Mounts: service.volumes.map((volume) => translateVolume(volume, { stack, volumes: compose.volumes })),
      Hosts: toHostsLines(service.extra_hosts),
      Isolation: service.isolation,
      CapabilityAdd: add,
      CapabilityDrop: drop,
      Ulimits: ulimitsOf(service),
      Secrets: [...secrets],
      Configs: [...configs],
    }),
    Labels: withStackLabel(stack, service.labels),
    ...(service.sysctls.size > 0 ? { Sysctls: Object.fromEntries(service.sysctls) } : {}),
    ...(service.init === undefined ? {} : { Init: service.init }),
    ...(service.stop_grace_period === undefined ? {} : { StopGracePeriod: service.stop_grace_period }),
    ...(hasDns ? { DNSConfig: omitEmpty({ Nameservers: [...service.dns], Search: [...service.dns_search] }) } : {}),
  }
}

function environmentOf({ environment }: Service): string[] {
  return [...environment].map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).sort()
}

function ulimitsOf({ ulimits }: Service) {
  return [...ulimits]
    .map(([name, { single, soft, hard }]) => ({ Name: name, Hard: single || hard, Soft: single || soft }))
    .sort((a, b) => (a.Name < b.Name ? -1 : 1))
}

function logDriver({ driver, options }: NonNullable<Service['logging']>) {
  return {
    ...omitEmpty({ Name: driver }),
    ...(options.size > 0 ? { Options: Object.fromEntries(options) } : {}),
  }
}

/** @throws Error with docker's reason */
function healthcheck({ healthcheck: health }: Service): Healthcheck | undefined {
  if (!health) return undefined
  if (health.disable) {
    if (health.test.length > 0) throw new Error("test and disable can't be set at the same time")
    return { Test: ['NONE'] }
  }
  return omitEmpty({
    Test: [...health.test],
    Interval: health.interval ?? 0,
    Timeout: health.timeout ?? 0,
    StartPeriod: health.start_period ?? 0,
    StartInterval: health.start_interval ?? 0,
    Retries: health.retries ?? 0,
  })
}

/** Networks are named, not identified; the swarm looks them up. @throws Error with docker's reason */
function networksOf({ stack, name, service, compose }: StackService): NetworkAttachmentConfig[] {
  const names = service.networks.size > 0 ? [...service.networks.keys()] : ['default']
  const attachments = names.map((network) => {
    const described = compose.networks.get(network)?.value
    if (!described && network !== 'default') throw new Error(`undefined network ${goQuote(network)}`)
    const { aliases = [], driver_opts: options } = service.networks.get(network) ?? {}
    const target = described?.name || scopedName(stack, network)
    return {
      Target: target,
      ...omitEmpty({ Aliases: isUserDefinedNetwork(target) ? [...aliases, name] : [...aliases] }),
      ...(options && options.size > 0 ? { DriverOpts: Object.fromEntries(options) } : {}),
    }
  })
  return attachments.sort((a, b) => (a.Target < b.Target ? -1 : a.Target > b.Target ? 1 : 0))
}

/** @throws Error with docker's reason */
function credentialSpec({ stack, service, configs }: StackService): CredentialSpec | null {
  const { config, file, registry } = service.credential_spec
  const sources = [config && '"Config"', file && '"File"', registry && '"Registry"'].filter((source) => source !== '')
  if (sources.length === 0) return null
  if (sources.length > 1) {
    const [last, ...others] = sources.toReversed()
    const separator = others.length > 1 ? ', and' : ' and'
    throw new Error(
      `invalid credential spec: cannot specify both ${others.toReversed().join(', ')}${separator} ${last}`,
    )
  }
  if (config === '') return { Config: config, File: file, Registry: registry }
  const named = (name: string) => configs.find(({ ConfigName }) => ConfigName === name)
  const found = named(config) ?? named(scopedName(stack, config))
  if (!found) {
    throw new Error(`invalid credential spec: spec specifies config ${config}, but no such config can be found`)
  }
  return { Config: found.ConfigID, File: '', Registry: '' }
}

function portOf({ mode, target, published, protocol }: Service['ports'][number]): ServicePort {
  return omitEmpty({
    Protocol: protocol,
    TargetPort: Number(target),
    PublishedPort: Number(published),
    PublishMode: mode,
  })
}

function byPublishedPort({ PublishedPort: a = 0 }: ServicePort, { PublishedPort: b = 0 }: ServicePort): number {
  return a - b
}
