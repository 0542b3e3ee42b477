import { parseShortPorts } from '../service/port.ts'
import { refuseType } from './kind.ts'
import { isInteger, isSequence, type YamlValue } from './value.ts'

/**
 * Expands the short syntax of ports, each of which may stand for several, to the long one.
 * @throws Error with docker's reason
 */
export function expandPorts(value: YamlValue): YamlValue {
  if (!isSequence(value)) return refuseType(value, 'port')
  return value.flatMap((entry): YamlValue[] => {
    if (entry instanceof Map) return [entry]
    if (typeof entry === 'string' || isInteger(entry)) return expandPort(String(entry))
    return refuseType(entry, 'port')
  })
}

function expandPort(text: string): YamlValue[] {
  return parseShortPorts(text, { ignoresAddress: true }).map(
    ({ PublishMode, TargetPort, PublishedPort, Protocol }) =>
      new Map<string, YamlValue>([
        ['mode', PublishMode ?? ''],
        ['target', TargetPort ?? 0],
        ['published', PublishedPort ?? 0],
        ['protocol', Protocol ?? ''],
      ]),
  )
}
