import type { ServicePort } from '../../domain/service/service.ts'

/**
 * Published ports with what is added and without what is removed, by port inside, protocol and mode; sorted, so that what
 * does not change starts no update. What was there is not added again, not even where it is removed (docker/cli
 * service.updatePorts).
 */
export function editedPorts(
  current: readonly ServicePort[],
  added: readonly ServicePort[],
  removed: readonly ServicePort[],
): ServicePort[] {
  const known = new Map<string, ServicePort>()
  for (const port of current) if (!known.has(spelled(port))) known.set(spelled(port), port)
  const kept = [...known.values()].filter((port) => !removed.some((removal) => isSame(port, removal)))
  const fresh = added.filter((port) => !known.has(spelled(port)))
  return [...kept, ...fresh].sort((a, b) => (spelled(a) < spelled(b) ? -1 : 1))
}

function spelled({ PublishedPort = 0, TargetPort = 0, Protocol = '', PublishMode = '' }: ServicePort): string {
  return `${PublishedPort}:${TargetPort}/${Protocol}/${PublishMode}`
}

function isSame(a: ServicePort, b: ServicePort): boolean {
  const key = ({ TargetPort = 0, Protocol, PublishMode }: ServicePort) =>
    `${TargetPort}/${Protocol || 'tcp'}/${PublishMode || 'ingress'}`
  return key(a) === key(b)
}
