import type { ServicePort } from '../../../domain/service/service.ts'

interface Range {
  readonly protocol: string
  readonly published: readonly [number, number]
  readonly target: readonly [number, number]
}

/**
 * The ports that are published on all nodes: `*:80-81->80-81/tcp`. Neighbours become one range, unless a range of ports
 * would be led to one of its own again (docker/cli service.serviceContext.Ports).
 */
export function servicePorts(ports: readonly ServicePort[]): string {
  const ranges: Range[] = []
  for (const port of ports.filter(({ PublishMode }) => PublishMode === 'ingress').toSorted(inOrder)) {
    const { Protocol: protocol = '', PublishedPort: published = 0, TargetPort: target = 0 } = port
    const last = ranges.at(-1)
    if (last && continues(last, protocol, published, target)) {
      ranges.splice(-1, 1, {
        protocol,
        published: [last.published[0], published],
        target: [last.target[0], target],
      })
    } else ranges.push({ protocol, published: [published, published], target: [target, target] })
  }
  return ranges
    .filter(({ published: [first] }) => first > 0)
    .map(({ protocol, published, target }) => `*:${rangeText(published)}->${rangeText(target)}/${protocol}`)
    .join(', ')
}

function inOrder(a: ServicePort, b: ServicePort): number {
  const { Protocol: left = '', PublishedPort: leftPort = 0 } = a
  const { Protocol: right = '', PublishedPort: rightPort = 0 } = b
  if (left === right) return leftPort - rightPort
  return left < right ? -1 : 1
}

function continues(last: Range, protocol: string, published: number, target: number): boolean {
  const [firstTarget, lastTarget] = last.target
  const isNext = (step: number) => step === 0 || step === 1
  if (protocol !== last.protocol) return false
  if (!isNext(published - last.published[1]) || !isNext(target - lastTarget)) return false
  return firstTarget === lastTarget || target > lastTarget
}

function rangeText([first, last]: readonly [number, number]): string {
  return last > first ? `${first}-${last}` : String(first)
}
