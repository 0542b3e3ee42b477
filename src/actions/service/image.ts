import type { Cli } from '../../cli/cli.ts'
import { EngineError } from '../../domain/errors.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { familiarString, type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { containerOf, type ServicePlatform, type ServiceSpec, taskOf } from '../../domain/service/service.ts'
import type { DistributionFacts, ServiceApi } from '../../engine/api/services.ts'
import { registryAuthFor } from '../registry/registry-auth.ts'

/** The credentials for the registry of a service's image, for the nodes. @throws Error for an image that is no name */
export async function nodesAuth(spec: ServiceSpec, cli: Cli): Promise<string> {
  return registryAuthFor(parseReference(containerOf(spec).Image ?? ''), cli)
}

/** Writes the tag `latest` behind an image that has neither tag nor digest. */
export function tagImage(spec: ServiceSpec): void {
  const container = containerOf(spec)
  const reference = referenceOf(container.Image ?? '')
  if (reference) container.Image = familiarString(withDefaultTag(reference))
}

/**
 * Asks the registry, by way of the daemon, for the digest of a service's image and the platforms that it is there for, so
 * that all nodes run the same.
 * @returns a warning where the registry could not be asked; else empty
 */
export async function pinImage(spec: ServiceSpec, auth: string, services: ServiceApi): Promise<string> {
  const container = containerOf(spec)
  const image = container.Image ?? ''
  if (image === '') return notPinned(image)
  let facts: DistributionFacts
  try {
    facts = await services.distribution(image, auth)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return notPinned(image)
  }
  const reference = referenceOf(image)
  const digest = facts.Descriptor?.digest
  if (reference && reference.digest === undefined && digest) container.Image = familiarString({ ...reference, digest })
  const platforms = (facts.Platforms ?? []).map(platformOf)
  if (platforms.length > 0) taskOf(spec).Placement = { ...taskOf(spec).Placement, Platforms: platforms }
  return ''
}

/** Nodes say more of an ARM processor than images do, so the architecture is left open (moby/swarmkit 2294). */
function platformOf({ architecture = '', os = '' }: { architecture?: string; os?: string }): ServicePlatform {
  return omitEmpty({ Architecture: architecture.toLowerCase() === 'arm' ? '' : architecture, OS: os })
}

function referenceOf(image: string): ImageReference | undefined {
  try {
    return parseReference(image)
  } catch {
    return undefined
  }
}

function notPinned(image: string): string {
  return [
    `image ${image} could not be accessed on a registry to record`,
    `its digest. Each node will access ${image} independently,`,
    'possibly leading to different nodes running different',
    'versions of the image.\n',
  ].join('\n')
}
