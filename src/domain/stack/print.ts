import { type Compose, kinds, type Section } from './compose.ts'
import type { Kind } from './kind.ts'
import type { YamlMap, YamlValue } from './value.ts'
import { sortedEntries, sortKeys, writeYaml } from './yaml-writer.ts'

/** Formats loaded Compose files as `stack config` prints them. */
export function printCompose(compose: Compose): string {
  const sections: [string, YamlMap][] = [
    ['networks', encodeSection(compose.networks, kinds.network)],
    ['volumes', encodeSection(compose.volumes, kinds.volume)],
    ['secrets', encodeSection(compose.secrets, kinds.swarmFile)],
    ['configs', encodeSection(compose.configs, kinds.swarmFile)],
  ]
  return writeYaml(
    new Map<string, YamlValue>([
      ['version', compose.version],
      ['services', encodeSection(compose.services, kinds.service)],
      ...sections.filter(([, section]) => section.size > 0),
      ...encodeExtensions(compose.extensions),
    ]),
  )
}

function encodeSection<T>(section: Section<T>, kind: Kind<T>): YamlMap {
  return new Map(
    sortedEntries(section).map(([name, { value, extensions }]): [string, YamlValue] => {
      const encoded = kind.encode(value)
      return [name, encoded instanceof Map ? new Map([...encoded, ...encodeExtensions(extensions)]) : encoded]
    }),
  )
}

function encodeExtensions(extensions: YamlMap): [string, YamlValue][] {
  return sortedEntries(extensions).map(([key, value]) => [key, sortKeys(value)])
}
