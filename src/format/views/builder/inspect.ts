import { formatDuration } from '../../../domain/go/duration.ts'
import { tabwriter } from '../../table/tabwriter.ts'
import { bytesSize } from '../../text/units.ts'

/** A rule of the garbage collection of a build cache. The duration is in nanoseconds, spaces are in bytes. */
export interface CollectionRule {
  readonly all: boolean
  readonly filters: readonly string[]
  readonly keepDuration: bigint
  readonly reservedSpace: bigint
  readonly maxUsedSpace: bigint
  readonly minFreeSpace: bigint
}

/** A builder with the driver `docker`: the engine itself. */
export interface InspectedBuilder {
  readonly name: string
  readonly version: string
  readonly platforms: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly gcPolicy: readonly CollectionRule[]
}

/** buildx aligns its values with one space. */
const LAYOUT = { minWidth: 0, padding: 1 }

/** Formats a builder as `buildx inspect` (docker/buildx commands/inspect.go). */
export function formatBuilder({ name, version, platforms, labels, gcPolicy }: InspectedBuilder): string {
  const lines = [
    `Name:\t${name}`,
    'Driver:\tdocker',
    '',
    'Nodes:',
    `Name:\t${name}`,
    `Endpoint:\t${name}`,
    'Status:\trunning',
    ...(version === '' ? [] : [`BuildKit version:\t${version}`]),
    ...(platforms.length === 0 ? [] : [`Platforms:\t${platforms.join(', ')}`]),
    ...labelLines(labels),
    ...gcPolicy.flatMap(ruleLines),
  ]
  return tabwriter(`${lines.join('\n')}\n`, LAYOUT)
}

/** Formats a builder whose engine cannot be used. */
export function formatUnusableBuilder(name: string, problem: string): string {
  return tabwriter(`Name:\t${name}\nDriver:\t\nError:\t${problem}\n`, LAYOUT)
}

function labelLines(labels: InspectedBuilder['labels']): string[] {
  const names = Object.keys(labels).sort()
  return names.length === 0 ? [] : ['Labels:', ...names.map((name) => `\t${name}:\t${labels[name]}`)]
}

function ruleLines(rule: CollectionRule, position: number): string[] {
  const space = (title: string, bytes: bigint) => (bytes > 0n ? [`\t${title}:\t${bytesSize(Number(bytes))}`] : [])
  return [
    `GC Policy rule#${position}:`,
    `\tAll:\t${rule.all}`,
    ...(rule.filters.length === 0 ? [] : [`\tFilters:\t${rule.filters.join(' ')}`]),
    ...(rule.keepDuration > 0n ? [`\tKeep Duration:\t${formatDuration(rule.keepDuration)}`] : []),
    ...space('Reserved Space', rule.reservedSpace),
    ...space('Max Used Space', rule.maxUsedSpace),
    ...space('Min Free Space', rule.minFreeSpace),
  ]
}
