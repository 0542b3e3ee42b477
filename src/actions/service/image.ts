/** The image of a service: its tag, its digest, and the credentials for its registry. */
import type { Cli } from '../../cli/cli.ts'
import { EngineError } from '../../domain/errors.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { familiarString, type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { containerOf, type ServicePlatform, type ServiceSpec, taskOf } from '../../domain/service/service.ts'
import type { DistributionFacts, ServiceApi } from '../../engine/api/services.ts'
import { registryAuthFor } from '../registry/registry-auth.ts'

/**
 * Returns the encoded credentials that nodes need to pull the service's image.
 * @throws Error if the image is not a valid reference
 */
export async function serviceRegistryAuth(spec: ServiceSpec, cli: Cli): Promise<string> {
  return registryAuthFor(parseReference(containerOf(spec).Image ?? ''), cli)
}

/** Adds the tag `latest` to the service's image if it has neither tag nor digest. */
export function addDefaultTag(spec: ServiceSpec): void {
  const container = containerOf(spec)
  const reference = tryParseReference(container.Image ?? '')
  if (reference) container.Image = familiarString(withDefaultTag(reference))
}

/**
 * Adds the digest and the platforms of the service's image, so that all nodes run the same image. The daemon gets them
 * from the registry.
 * @returns docker's warning if the registry could not be reached; otherwise empty
 */
export async function pinImage(spec: ServiceSpec, auth: string, services: ServiceApi): Promise<string> {
  const container = containerOf(spec)
  const image = container.Image ?? ''
  if (image === '') return notPinnedWarning(image)
  let facts: DistributionFacts
  try {
    facts = await services.distribution(image, auth)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return notPinnedWarning(image)
  }
  const reference = tryParseReference(image)
  const digest = facts.Descriptor?.digest
  if (reference && reference.digest === undefined && digest) container.Image = familiarString({ ...reference, digest })
  const platforms = (facts.Platforms ?? []).map(platformOf)
  if (platforms.length > 0) taskOf(spec).Placement = { ...taskOf(spec).Placement, Platforms: platforms }
  return ''
}

/** Omits the architecture for ARM, because nodes and images name its variants differently (moby/swarmkit 2294). */
function platformOf({ architecture = '', os = '' }: { architecture?: string; os?: string }): ServicePlatform {
  return omitEmpty({ Architecture: architecture.toLowerCase() === 'arm' ? '' : architecture, OS: os })
}

function tryParseReference(image: string): ImageReference | undefined {
  try {
    return parseReference(image)
  } catch {
    return undefined
  }
}

function notPinnedWarning(image: string): string {
  return [
    `image ${image} could not be accessed on a registry to record`,
    `its digest. Each node will access ${image} independently,`,
    'possibly leading to different nodes running different',
    'versions of the image.\n',
  ].join('\n')
}
