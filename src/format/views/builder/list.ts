import { jsonString } from '../../../domain/go/json-text.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'
import type { CollectionRule } from './inspect.ts'

/** A builder, or a node of one. */
export interface BuilderRow {
  readonly kind: 'builder' | 'node'
  readonly name: string
  readonly isCurrent: boolean
  /** The driver of a builder, the endpoint of a node. */
  readonly driverEndpoint: string
  /** `running`, or `error` for a builder whose engine has a problem; empty for other builders. */
  readonly status: string
  readonly version: string
  readonly platforms: readonly string[]
  readonly workerIds: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly gcPolicy: readonly CollectionRule[]
  /** Why the builder cannot be used; empty when it can. */
  readonly problem: string
}

/** The fields of `buildx ls` (docker/buildx commands/ls.go, lsContext). */
const fields = {
  Name: { header: 'NAME/NODE', text: ({ name }) => name },
  DriverEndpoint: { header: 'DRIVER/ENDPOINT', text: ({ driverEndpoint }) => driverEndpoint },
  LastActivity: { header: 'LAST ACTIVITY', text: () => '' },
  Status: { header: 'STATUS', text: ({ status }) => status },
  Buildkit: { header: 'BUILDKIT', text: ({ version }) => version },
  Platforms: { header: 'PLATFORMS', text: ({ platforms }) => platforms.join(', ') },
  Error: { header: 'ERROR', text: ({ problem }) => problem },
} as const satisfies Record<string, Field<BuilderRow>>

const markedName: Field<BuilderRow> = {
  header: 'NAME/NODE',
  text: ({ kind, name, isCurrent }) => (kind === 'node' ? ` \\_ ${name}` : name + (isCurrent ? '*' : '')),
}

const markedEndpoint: Field<BuilderRow> = {
  header: 'DRIVER/ENDPOINT',
  text: ({ kind, driverEndpoint }) => (kind === 'node' ? ` \\_ ${driverEndpoint}` : driverEndpoint),
}

const shortPlatforms: Field<BuilderRow> = {
  header: 'PLATFORMS',
  text: ({ platforms }, { truncate }) => (truncate ? shortenPlatforms(platforms) : platforms.join(', ')),
}

export const builderList: ListKind<BuilderRow> = {
  listing: { typeName: '*commands.lsContext', fields, internals: () => ({}) },
  columns: [markedName, markedEndpoint, fields.Status, fields.Buildkit, shortPlatforms],
}

/** The platforms that a shortened list begins with (docker/buildx commands/ls.go, truncMajorPlatforms). */
const MAJOR_PLATFORMS = ['amd64', 'arm64', 'arm', 'ppc64le', 's390x', 'riscv64', 'mips64'].map(
  (arch) => `linux/${arch}`,
)
const MAX_PLATFORMS = 4

/** Returns at most four platforms, with the number of their variants, and how many more there are. */
function shortenPlatforms(platforms: readonly string[]): string {
  const groups = Map.groupBy(platforms, (platform) => platform.split('/').slice(0, 2).join('/'))
  const major = MAJOR_PLATFORMS.filter((name) => groups.has(name))
  const others = [...groups.keys()].filter((name) => !major.includes(name)).sort()
  const shown = [...major, ...others].slice(0, MAX_PLATFORMS)
  let count = 0
  const parts = shown.map((name) => {
    const members = groups.get(name) ?? []
    count += members.length
    return members.length === 1 ? (members[0] ?? '') : `${name} (+${members.length})`
  })
  const left = platforms.length - count
  return [...parts, ...(left > 0 ? [`(${left} more)`] : [])].join(', ')
}

/** Formats a builder and its node as one line of JSON, with sorted members, as `buildx ls --format json`. */
export function formatBuilderJson(builder: BuilderRow, node: BuilderRow | undefined): string {
  const members = [
    `"Current":${builder.isCurrent}`,
    `"Driver":${jsonString(builder.driverEndpoint, true)}`,
    '"Dynamic":false',
    ...(builder.problem === '' ? [] : [`"Err":${jsonString(builder.problem, true)}`]),
    '"LastActivity":"0001-01-01T00:00:00Z"',
    `"Name":${jsonString(builder.name, true)}`,
    `"Nodes":[${node === undefined ? '{"Endpoint":"","Name":""}' : formatNodeJson(node)}]`,
  ]
  return `{${members.join(',')}}\n`
}

function formatNodeJson(node: BuilderRow): string {
  const { name, driverEndpoint, status, version, platforms, workerIds, labels, gcPolicy } = node

  const labelNames = Object.keys(labels).sort()
  const labelMember = (label: string) => `${jsonString(label, true)}:${jsonString(labels[label] ?? '', true)}`
  const list = (values: readonly string[]) => `[${values.map((value) => jsonString(value, true)).join(',')}]`
  const members = [
    `"Endpoint":${jsonString(driverEndpoint, true)}`,
    ...(gcPolicy.length === 0 ? [] : [`"GCPolicy":[${gcPolicy.map(formatRuleJson).join(',')}]`]),
    `"IDs":${list(workerIds)}`,
    ...(labelNames.length === 0 ? [] : [`"Labels":{${labelNames.map(labelMember).join(',')}}`]),
    `"Name":${jsonString(name, true)}`,
    `"Platforms":${list(platforms)}`,
    `"Status":${jsonString(status, true)}`,
    ...(version === '' ? [] : [`"Version":${jsonString(version, true)}`]),
  ]
  return `{${members.join(',')}}`
}

function formatRuleJson(rule: CollectionRule): string {
  const filters = rule.filters.map((filter) => jsonString(filter, true))
  return `{${[
    `"all":${rule.all}`,
    `"filter":${filters.length === 0 ? 'null' : `[${filters.join(',')}]`}`,
    `"keepDuration":${rule.keepDuration}`,
    `"maxUsedSpace":${rule.maxUsedSpace}`,
    `"minFreeSpace":${rule.minFreeSpace}`,
    `"reservedSpace":${rule.reservedSpace}`,
  ].join(',')}}`
}
