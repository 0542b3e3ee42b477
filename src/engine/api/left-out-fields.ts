/**
 * Puts back what API versions from 1.52 on leave out of responses. Scripts read these fields, and templates for docker 28
 * fail without them. The values are those that the Engine itself puts back for clients with an older API version (moby
 * daemon/server/router). Fields that newer versions add stay.
 */
import { jsonMembers, jsonObject } from '../../domain/go/json-text.ts'
import type { DiskUsage, DiskUsageByKind } from '../../domain/system/disk-usage.ts'

/** Members of a JSON object by name. The values are JSON. */
type Members = Map<string, string>

/** Returns the JSON of a container or image with the fields of API version 1.50, in the order that docker 28 prints. */
export function completeObject(kind: 'container' | 'image', json: string): string {
  return kind === 'container' ? completeContainer(json) : completeImage(json)
}

function completeContainer(json: string): string {
  const members = jsonMembers(json)
  change(members, 'Config', (config) => insertBefore('Labels', 'OnBuild', config))
  change(members, 'NetworkSettings', completeNetworkSettings)
  const snapshotter = snapshotterOf(members)
  if (members.has('GraphDriver') || snapshotter === undefined) return jsonObject(members)
  const driver = jsonObject([
    ['Data', 'null'],
    ['Name', snapshotter],
  ])
  return jsonObject([...members].map(([name, value]) => (name === 'Storage' ? ['GraphDriver', driver] : [name, value])))
}

/** Returns the JSON of the name of the snapshotter, which takes the place of a graph driver. */
function snapshotterOf(members: Members): string | undefined {
  let current: Members | undefined = members
  for (const name of ['Storage', 'RootFS', 'Snapshot']) current = objectAt(current, name)
  return current?.get('Name')
}

/** The fields of NetworkSettings in docker 28's order, with the values that they have when nothing is known. */
const NETWORK_SETTINGS: readonly (readonly [string, string])[] = [
  ['Bridge', '""'],
  ['SandboxID', '""'],
  ['SandboxKey', '""'],
  ['Ports', '{}'],
  ['HairpinMode', 'false'],
  ['LinkLocalIPv6Address', '""'],
  ['LinkLocalIPv6PrefixLen', '0'],
  ['SecondaryIPAddresses', 'null'],
  ['SecondaryIPv6Addresses', 'null'],
  ['EndpointID', '""'],
  ['Gateway', '""'],
  ['GlobalIPv6Address', '""'],
  ['GlobalIPv6PrefixLen', '0'],
  ['IPAddress', '""'],
  ['IPPrefixLen', '0'],
  ['IPv6Gateway', '""'],
  ['MacAddress', '""'],
]

/** The fields that repeat those of the container's endpoint on the default network. */
const BRIDGE_FIELDS: ReadonlySet<string> = new Set([
  ...['EndpointID', 'Gateway', 'GlobalIPv6Address', 'GlobalIPv6PrefixLen'],
  ...['IPAddress', 'IPPrefixLen', 'IPv6Gateway', 'MacAddress'],
])

function completeNetworkSettings(settings: Members): Members {
  const bridge = objectAt(objectAt(settings, 'Networks'), 'bridge')
  const complete: Members = new Map()
  for (const [name, empty] of NETWORK_SETTINGS) {
    const fromBridge = BRIDGE_FIELDS.has(name) ? bridge?.get(name) : undefined
    complete.set(name, settings.get(name) ?? fromBridge ?? empty)
  }
  for (const [name, value] of settings) complete.set(name, value)
  return complete
}

/** The first fields of an image in docker 28's order. Those with a value are left out when they are empty. */
const IMAGE_FIELDS: readonly (readonly [string, string?])[] = [
  ['Id'],
  ['RepoTags'],
  ['RepoDigests'],
  ['Parent', '""'],
  ['Comment', '""'],
  ['Created'],
  ['DockerVersion', '""'],
  ['Author', '""'],
]

const IMAGE_CONFIG: readonly (readonly [string, string])[] = [
  ['Cmd', 'null'],
  ['Entrypoint', 'null'],
  ['Env', 'null'],
  ['Labels', 'null'],
  ['OnBuild', 'null'],
  ['User', '""'],
  ['Volumes', 'null'],
  ['WorkingDir', '""'],
]

function completeImage(json: string): string {
  const members = jsonMembers(json)
  const complete: Members = new Map()
  for (const [name, empty] of IMAGE_FIELDS) {
    const value = members.get(name) ?? empty
    if (value !== undefined) complete.set(name, value)
  }
  for (const [name, value] of members) complete.set(name, value)
  const config = new Map([...IMAGE_CONFIG, ...(objectAt(members, 'Config') ?? [])])
  // The Engine merges the two into a map, which Go writes sorted.
  const sorted = [...config].sort(([a], [b]) => (a < b ? -1 : 1))
  return jsonObject(complete.set('Config', jsonObject(sorted)))
}

/** Returns the members of a member that is an object; undefined if it is not there or `null`. */
function objectAt(members: Members | undefined, name: string): Members | undefined {
  const value = members?.get(name)
  return value?.startsWith('{') ? jsonMembers(value) : undefined
}

/** Changes a member that is an object. */
function change(members: Members, name: string, edit: (object: Members) => Members): void {
  const object = objectAt(members, name)
  if (object !== undefined) members.set(name, jsonObject(edit(object)))
}

/** Adds an absent member with the value `null` in front of another one, or at the end. */
function insertBefore(next: string, name: string, members: Members): Members {
  if (members.has(name)) return members
  const entries = [...members]
  const at = entries.findIndex(([each]) => each === next)
  return new Map(entries.toSpliced(at < 0 ? entries.length : at, 0, [name, 'null']))
}

/** The fields of an event that say what happened to which object. */
interface BareEvent {
  readonly Type?: string | null
  readonly Action?: string | null
  readonly Actor?: {
    readonly ID?: string | null
    readonly Attributes?: Readonly<Record<string, string>> | null
  } | null
}

/** Adds the fields `status`, `id` and `from` to events of containers and images. */
export async function* completeEvents(lists: AsyncIterable<readonly string[]>): AsyncGenerator<readonly string[]> {
  for await (const list of lists) yield list.map(completeEvent)
}

function completeEvent(json: string): string {
  const { Type, Action, Actor }: BareEvent = JSON.parse(json)
  if (Type !== 'container' && Type !== 'image') return json
  const added = {
    status: Action ?? '',
    id: Actor?.ID ?? '',
    ...(Type === 'container' ? { from: Actor?.Attributes?.image ?? '' } : {}),
  }
  const own = jsonMembers(json)
  const members = new Map(Object.entries(added).map(([name, value]) => [name, JSON.stringify(value)]))
  for (const [name, value] of own) members.set(name, value)
  return jsonObject(members)
}

/** Returns the disk usage in the form of API versions below 1.53, from which all that is printed can be computed. */
export function flattenUsage(usage: DiskUsageByKind): DiskUsage {
  const { ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage } = usage
  return {
    LayersSize: ImageUsage?.TotalSize ?? 0,
    Images: ImageUsage?.Items ?? [],
    Containers: ContainerUsage?.Items ?? [],
    Volumes: VolumeUsage?.Items ?? [],
    BuildCache: (BuildCacheUsage?.Items ?? []).map(({ Parents, ...record }) =>
      Parents == null ? record : { ' Parents': Parents, ...record },
    ),
  }
}
