import { shortestFloat } from '../../../domain/go/decimal.ts'
import { formatDuration } from '../../../domain/go/duration.ts'
import { parseInstant } from '../../../domain/go/instant.ts'
import type { Int64 } from '../../../domain/go/int.ts'
import type { ContainerSpec, ResourceRequirements, Service, UpdateConfig } from '../../../domain/service/service.ts'
import { bytesSize, humanDuration } from '../../text/units.ts'

type Lines = readonly string[]

const NANO = 1e9

/**
 * Formats a service as `service inspect --pretty` does (docker/cli service.serviceInspectPrettyTemplate).
 * @param networkNames the known names of networks, by id
 * @param now milliseconds since 1970
 */
export function formatService(service: Service, networkNames: ReadonlyMap<string, string>, now: number): string {
  const { ID = '', Spec = {}, Endpoint } = service
  const { TaskTemplate: task = {} } = Spec
  const container = task.ContainerSpec ?? {}
  const sections: Lines[] = [
    ['', `ID:\t\t${ID}`, `Name:\t\t${Spec.Name ?? ''}`],
    pairs('Labels:', Spec.Labels, (key, value) => ` ${key}${value === '' ? '' : `=${value}`}`),
    mode(service),
    updateStatus(service, now),
    placement(service),
    updateSection('Update', Spec.UpdateConfig),
    updateSection('Rollback', Spec.RollbackConfig),
    containerSection(container),
    capabilities(container),
    pairs('SysCtls:', container.Sysctls, (key, value) => ` ${key}${value === '' ? '' : `: ${value}`}`),
    pairs('Ulimits:', ulimits(container), (key, value) => ` ${key}: ${value}`),
    mounts(container),
    files(
      'Configs:',
      container.Configs?.map(({ File, ConfigName }) => [File?.Name ?? '', ConfigName]),
    ),
    files(
      'Secrets:',
      container.Secrets?.map(({ File, SecretName }) => [File?.Name ?? '', SecretName]),
    ),
    logDriver(service),
    resources(task.Resources),
    networks(service, networkNames),
    [`Endpoint Mode:\t${Spec.EndpointSpec?.Mode ?? ''}`],
    ports(Endpoint?.Ports ?? []),
  ]
  return `${sections.flat().join('\n')}${health(container)}\n\n`
}

function mode({ Spec }: Service): Lines {
  const { Global, Replicated } = Spec?.Mode ?? {}
  if (Global) return ['Service Mode:\tGlobal']
  if (!Replicated) return ['Service Mode:']
  const { Replicas } = Replicated
  const count = typeof Replicas === 'number' ? [` Replicas:\t${Replicas}`] : []
  return ['Service Mode:\tReplicated', ...count]
}

function updateStatus({ UpdateStatus }: Service, now: number): Lines {
  const { State = '', StartedAt, CompletedAt, Message = '' } = UpdateStatus ?? {}
  if (State === '') return []
  const ago = (time: string) => `${humanDuration(now / 1000 - (parseInstant(time)?.seconds ?? 0))} ago`
  return [
    'UpdateStatus:',
    ` State:\t\t${State}`,
    ...(StartedAt ? [` Started:\t${ago(StartedAt)}`] : []),
    ...(State === 'completed' && CompletedAt ? [` Completed:\t${ago(CompletedAt)}`] : []),
    ` Message:\t${Message}`,
  ]
}

function placement({ Spec }: Service): Lines {
  const { Constraints, Preferences, MaxReplicas = 0 } = Spec?.TaskTemplate?.Placement ?? {}
  const preferences = (Preferences ?? []).flatMap(({ Spread }) => (Spread ? [`spread=${Spread.SpreadDescriptor}`] : []))
  return [
    'Placement:',
    ...(Constraints?.length ? [` Constraints:\t${goList(Constraints)}`] : []),
    ...(preferences.length > 0 ? [` Preferences:   ${goList(preferences)}`] : []),
    ...(MaxReplicas > 0 ? [` Max Replicas Per Node:   ${MaxReplicas}`] : []),
  ]
}

function updateSection(kind: 'Update' | 'Rollback', config: UpdateConfig | null | undefined): Lines {
  if (!config) return []
  const { Parallelism = 0, Delay = 0, FailureAction = '', Monitor = 0, MaxFailureRatio = 0, Order = '' } = config
  return [
    `${kind}Config:`,
    ` Parallelism:\t${Parallelism}`,
    ...(Delay > 0 ? [` Delay:\t\t${durationText(Delay)}`] : []),
    ` On failure:\t${FailureAction}`,
    ...(Monitor > 0 ? [` Monitoring Period: ${durationText(Monitor)}`] : []),
    ` Max failure ratio: ${shortestFloat(MaxFailureRatio)}`,
    ` ${`${kind} order:`.padEnd('Rollback order:    '.length)}${Order}`,
  ]
}

function containerSection({ Image = '', Args, Env, Dir = '', Init, User = '' }: ContainerSpec): Lines {
  const words = (texts: readonly string[]) => texts.map((text) => `${text} `).join('')
  return [
    'ContainerSpec:',
    ` Image:\t\t${Image}`,
    ...(Args?.length ? [` Args:\t\t${words(Args)}`] : []),
    ...(Env?.length ? [` Env:\t\t${words(Env)}`] : []),
    ...(Dir === '' ? [] : [` Dir:\t\t${Dir}`]),
    ...(typeof Init === 'boolean' ? [` Init:\t\t${Init}`] : []),
    ...(User === '' ? [] : [` User: ${User}`]),
  ]
}

function capabilities({ CapabilityAdd, CapabilityDrop }: ContainerSpec): Lines {
  const added = CapabilityAdd ?? []
  const dropped = CapabilityDrop ?? []
  if (added.length + dropped.length === 0) return []
  return [
    'Capabilities:',
    ...(added.length > 0 ? [` Add: ${added.join(', ')}`] : []),
    ...(dropped.length > 0 ? [` Drop: ${dropped.join(', ')}`] : []),
  ]
}

function ulimits({ Ulimits }: ContainerSpec): Record<string, string> {
  return Object.fromEntries((Ulimits ?? []).map(({ Name, Soft = 0, Hard = 0 }) => [Name, `${Soft}:${Hard}`]))
}

function mounts({ Mounts }: ContainerSpec): Lines {
  if (!Mounts?.length) return []
  const lines = Mounts.flatMap(({ Target = '', Source = '', ReadOnly = false, Type = '' }) => [
    ` Target:\t${Target}`,
    `  Source:\t${Source}`,
    `  ReadOnly:\t${ReadOnly}`,
    `  Type:\t\t${Type}`,
  ])
  return ['Mounts:', ...lines]
}

function files(header: string, targets: readonly [string, string][] | undefined): Lines {
  if (!targets?.length) return []
  return [header, ...targets.flatMap(([target, source]) => [` Target:\t${target}`, `  Source:\t${source}`])]
}

/** Formats the log driver. docker ends this section with a blank line. */
function logDriver({ Spec }: Service): Lines {
  const driver = Spec?.TaskTemplate?.LogDriver
  if (!driver) return []
  const { Name = '', Options } = driver
  return [
    'Log Driver:',
    ...(Name === '' ? [] : [` Name:\t\t${Name}`]),
    ...pairs(' LogOpts:', Options, (key, value) => `  ${key}${value === '' ? '' : `:       ${value}`}`),
    '',
  ]
}

function resources(required: ResourceRequirements | null | undefined): Lines {
  if (!required) return []
  const { Pids = 0, ...limits } = required.Limits ?? {}
  const reserved = amounts(required.Reservations ?? {})
  const limited = amounts(limits)
  return [
    'Resources:',
    ...(reserved.length > 0 ? [' Reservations:', ...reserved] : []),
    ...(limited.length > 0 || Pids > 0 ? [' Limits:', ...limited] : []),
    ...(Pids > 0 ? [`  PIDs:\t\t${Pids}`] : []),
    ...swap(required),
  ]
}

/** Formats the swap settings of API 1.52, in the way of the other resources. */
function swap({ SwapBytes, MemorySwappiness }: ResourceRequirements): Lines {
  const line = (name: string, setting: Int64 | null | undefined, format: (setting: Int64) => string) =>
    setting === undefined || setting === null ? [] : [` ${name}${format(setting)}`]
  return [
    ...line('Swap:\t\t', SwapBytes, (bytes) => (bytes < 0 ? 'unlimited' : bytesSize(Number(bytes)))),
    ...line('Swappiness:\t', MemorySwappiness, (percent) => (percent < 0 ? 'default' : String(percent))),
  ]
}

function amounts({ NanoCPUs = 0, MemoryBytes = 0 }: { NanoCPUs?: Int64; MemoryBytes?: Int64 }): Lines {
  if (NanoCPUs <= 0 && MemoryBytes <= 0) return []
  return [
    ...(NanoCPUs > 0 ? [`  CPU:\t\t${shortestFloat(Number(NanoCPUs) / NANO)}`] : []),
    ...(MemoryBytes === 0 ? [] : [`  Memory:\t${bytesSize(Number(MemoryBytes))}`]),
  ]
}

function networks({ Spec }: Service, names: ReadonlyMap<string, string>): Lines {
  const targets = (Spec?.TaskTemplate?.Networks ?? []).map(({ Target = '' }) => names.get(Target) ?? Target)
  return targets.length === 0 ? [] : [`Networks:${targets.map((name) => ` ${name}`).join('')} `]
}

function ports(published: NonNullable<NonNullable<Service['Endpoint']>['Ports']>): Lines {
  if (published.length === 0) return []
  const lines = published.flatMap(({ PublishedPort = 0, Protocol = '', TargetPort = 0, PublishMode = '' }) => [
    ` PublishedPort = ${PublishedPort}`,
    `  Protocol = ${Protocol}`,
    `  TargetPort = ${TargetPort}`,
    `  PublishMode = ${PublishMode}`,
  ])
  return ['Ports:', ...lines.with(-1, `${lines.at(-1)} `)]
}

/** Formats the health check as one text, because docker's template has spaces between its lines. */
function health({ Healthcheck }: ContainerSpec): string {
  if (!Healthcheck) return ''
  const { Interval = 0, Retries = 0, StartPeriod = 0, Timeout = 0, Test } = Healthcheck
  const tests = Test?.length ? `\n  Tests:${Test.map((test) => `\n\t Test = ${test}`).join('')} ` : ''
  return [
    '\n Healthcheck:',
    `  Interval = ${durationText(Interval)}`,
    `  Retries = ${Retries}`,
    `  StartPeriod =\t${durationText(StartPeriod)}`,
    `  Timeout =\t${durationText(Timeout)}${tests}`,
  ].join('\n')
}

/** Formats a header and a line for each entry of a map, sorted by key; nothing for an empty map. */
function pairs(
  header: string,
  map: Readonly<Record<string, string>> | null | undefined,
  line: (key: string, value: string) => string,
): Lines {
  const keys = Object.keys(map ?? {}).sort()
  return keys.length === 0 ? [] : [header, ...keys.map((key) => line(key, map?.[key] ?? ''))]
}

function durationText(nanoseconds: Int64): string {
  return formatDuration(BigInt(nanoseconds))
}

/** Formats a list as Go does. */
function goList(texts: readonly string[]): string {
  return `[${texts.join(' ')}]`
}
