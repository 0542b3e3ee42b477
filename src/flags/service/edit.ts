// How `service update` changes each part of a spec.

import type { Healthcheck } from '../../domain/container/create-request.ts'
import type { Mount } from '../../domain/container/mount.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { toHostsLines } from '../../domain/network/name-service.ts'
import { parseGenericResources } from '../../domain/service/resource.ts'
import type { ContainerSpec, GenericResource, ServicePort, TaskSpec } from '../../domain/service/service.ts'
import type { TypedFlags } from '../flag.ts'
import { type CommonFlags, typedSwap } from './common.ts'

/** Sets a list, or removes the field if the list is empty, as Go leaves empty lists out. */
export function setList<K extends string, T>(
  target: { [P in K]?: NoInfer<T>[] | null },
  key: K,
  values: readonly T[],
): void {
  if (values.length > 0) target[key] = [...values]
  else delete target[key]
}

type TextMap = Record<string, string>

/** Returns the map without the removed keys and with the added ones. An absent map stays absent if nothing is added. */
export function editMap(
  map: TextMap | null | undefined,
  removed: readonly string[],
  added: TextMap,
): TextMap | null | undefined {
  if (!map && Object.keys(added).length === 0) return map
  const remaining = Object.entries(map ?? {}).filter(([key]) => !removed.includes(key))
  return { ...Object.fromEntries(remaining), ...added }
}

/** Returns the list with the added entries and without the removed ones, sorted. `isUnique` removes duplicates. */
export function editSet(
  current: readonly string[] | null | undefined,
  { added, removed, isUnique }: { added: readonly string[]; removed: readonly string[]; isUnique: boolean },
): string[] {
  const all = [...(current ?? []), ...added]
  return (isUnique ? [...new Set(all)] : all).filter((text) => !removed.includes(text)).sort()
}

/**
 * Returns the mounts with the added ones and without those whose target is removed. They are sorted, so that an unchanged
 * list does not start an update.
 * @throws Error with docker's reason
 */
export function editMounts(current: readonly Mount[], added: readonly Mount[], removed: readonly string[]): Mount[] {
  const byTarget = new Map<string, Mount>()
  for (const mount of added) {
    if (byTarget.has(mount.Target)) throw new Error('duplicate mount target')
    byTarget.set(mount.Target, mount)
  }
  for (const mount of current) if (!byTarget.has(mount.Target)) byTarget.set(mount.Target, mount)
  return [...byTarget.values()].filter(({ Target }) => !removed.includes(Target)).sort(compareMounts)
}

function compareMounts(a: Mount, b: Mount): number {
  const { Source: left = '' } = a
  const { Source: right = '' } = b
  if (left !== right) return left < right ? -1 : 1
  return a.Target < b.Target ? -1 : 1
}

/**
 * Returns the published ports with the added ones and without the removed ones, which match by target port, protocol and
 * mode. They are sorted, so that an unchanged list does not start an update. A port that existed before is not added again,
 * even if it is also removed (docker/cli service.updatePorts).
 */
export function editPorts(
  current: readonly ServicePort[],
  added: readonly ServicePort[],
  removed: readonly ServicePort[],
): ServicePort[] {
  const known = new Map<string, ServicePort>()
  for (const port of current) if (!known.has(portKey(port))) known.set(portKey(port), port)
  const remaining = [...known.values()].filter((port) => !removed.some((removal) => matchesPort(port, removal)))
  const newPorts = added.filter((port) => !known.has(portKey(port)))
  return [...remaining, ...newPorts].sort((a, b) => (portKey(a) < portKey(b) ? -1 : 1))
}

function portKey({ PublishedPort = 0, TargetPort = 0, Protocol = '', PublishMode = '' }: ServicePort): string {
  return `${PublishedPort}:${TargetPort}/${Protocol}/${PublishMode}`
}

function matchesPort(a: ServicePort, b: ServicePort): boolean {
  const targetKey = ({ TargetPort = 0, Protocol, PublishMode }: ServicePort) =>
    `${TargetPort}/${Protocol || 'tcp'}/${PublishMode || 'ingress'}`
  return targetKey(a) === targetKey(b)
}

/**
 * Returns the lines of a hosts file, `IP NAME [ALIAS...]`, with the added entries and without the removed ones. Duplicates
 * are removed. `NAME` removes the name from every line, `NAME:IP` only from the lines of that address. A line without names
 * is removed.
 */
export function editHosts(current: readonly string[], added: readonly string[], removed: readonly string[]): string[] {
  const remaining = current.flatMap((line) => {
    const [ip = '', ...names] = line.split(/\s+/).filter((part) => part !== '')
    const remainingNames = names.filter((name) => !removed.some((removal) => matchesHost(removal, name, ip)))
    return remainingNames.length === 0 ? [] : [`${ip} ${remainingNames.join(' ')}`]
  })
  return [...new Set([...remaining, ...toHostsLines(added)])]
}

function matchesHost(removal: string, name: string, ip: string): boolean {
  const colon = removal.indexOf(':')
  const address = colon < 0 ? '' : removal.slice(colon + 1)
  return name === (colon < 0 ? removal : removal.slice(0, colon)) && (address === '' || address === ip)
}

/** The flags that make docker change the health check. `--health-start-interval` is not among them. */
const HEALTH_FLAGS = ['health-cmd', 'health-interval', 'health-retries', 'health-timeout', 'health-start-period']

/**
 * Changes the health check as the flags say.
 * @throws Error with docker's reason
 */
export function editHealth(
  container: ContainerSpec,
  { flags, typedFlags }: { readonly flags: CommonFlags; readonly typedFlags: TypedFlags },
): void {
  const isSet = HEALTH_FLAGS.some((name) => typedFlags.has(name))
  if (!isSet && !typedFlags.has('no-healthcheck')) return
  if (flags['no-healthcheck']) {
    if (isSet) throw new Error('--no-healthcheck conflicts with --health-* options')
    container.Healthcheck = { Test: ['NONE'] }
    return
  }
  const { Test: test, ...current } = container.Healthcheck ?? {}
  const isOff = test?.[0] === 'NONE'
  const edited: Healthcheck = {
    ...current,
    Test: isOff ? [] : (test ?? []),
    ...(typedFlags.has('health-interval') ? { Interval: flags['health-interval'] } : {}),
    ...(typedFlags.has('health-timeout') ? { Timeout: flags['health-timeout'] } : {}),
    ...(typedFlags.has('health-start-period') ? { StartPeriod: flags['health-start-period'] } : {}),
    ...(typedFlags.has('health-retries') ? { Retries: flags['health-retries'] } : {}),
    ...(typedFlags.has('health-cmd')
      ? { Test: flags['health-cmd'] === '' ? [] : ['CMD-SHELL', flags['health-cmd']] }
      : {}),
  }
  container.Healthcheck = omitEmpty(edited)
}

interface ResourceEdits extends CommonFlags {
  readonly 'generic-resource-add': readonly string[]
  readonly 'generic-resource-rm': readonly string[]
}

/**
 * Changes the limits and reservations as the flags say.
 * @throws Error with docker's reason
 */
export function editResources(
  task: TaskSpec,
  { flags, typedFlags }: { readonly flags: ResourceEdits; readonly typedFlags: TypedFlags },
): void {
  if (['limit-cpu', 'limit-memory', 'limit-pids'].some((name) => typedFlags.has(name))) {
    task.Resources = { Reservations: {}, ...withoutNull(task.Resources) }
    task.Resources.Limits = omitEmpty({
      ...task.Resources.Limits,
      ...(typedFlags.has('limit-cpu') ? { NanoCPUs: flags['limit-cpu'] } : {}),
      ...(typedFlags.has('limit-memory') ? { MemoryBytes: flags['limit-memory'] } : {}),
      ...(typedFlags.has('limit-pids') ? { Pids: flags['limit-pids'] } : {}),
    })
  }
  if (typedFlags.has('reserve-cpu') || typedFlags.has('reserve-memory')) {
    task.Resources = { Limits: {}, ...withoutNull(task.Resources) }
    task.Resources.Reservations = omitEmpty({
      ...task.Resources.Reservations,
      ...(typedFlags.has('reserve-cpu') ? { NanoCPUs: flags['reserve-cpu'] } : {}),
      ...(typedFlags.has('reserve-memory') ? { MemoryBytes: flags['reserve-memory'] } : {}),
    })
  }
  const swap = typedSwap(flags, typedFlags)
  if (Object.keys(swap).length > 0) task.Resources = { ...task.Resources, ...swap }
  editGenericResources(task, flags)
}

function editGenericResources(task: TaskSpec, flags: ResourceEdits): void {
  const added = parseGenericResources(flags['generic-resource-add'])
  const removed = flags['generic-resource-rm']
  if (added.length === 0 && removed.length === 0) return
  task.Resources ??= {}
  task.Resources.Reservations ??= {}
  const byKind = new Map<string, GenericResource>()
  for (const resource of task.Resources.Reservations.GenericResources ?? []) byKind.set(kindOf(resource), resource)
  for (const resource of added) byKind.set(kindOf(resource), resource)
  for (const kind of removed) {
    if (!byKind.delete(kind)) throw new Error(`could not find generic-resource \`${kind}\` to remove it`)
  }
  setList(task.Resources.Reservations, 'GenericResources', [...byKind.values()])
}

function kindOf({ DiscreteResourceSpec }: GenericResource): string {
  return DiscreteResourceSpec?.Kind ?? ''
}

function withoutNull<T extends object>(fields: T | null | undefined): Partial<T> {
  return omitEmpty(fields ?? {})
}
