import type { CreateBody } from '../create-request.ts'
import { hostFields } from './host-fields.ts'
import type { Origin } from './inspection.ts'
import { type NetworkConnection, networkFields } from './network-fields.ts'
import { processFields } from './process-fields.ts'

/** The requests that make such a container again. */
export interface OriginalRequest {
  readonly body: CreateBody
  /** The networks that the container joins after it has been created. */
  readonly connections: readonly NetworkConnection[]
}

/**
 * Returns the create request of a container, as far as the daemon still shows it: without what the image and the daemon
 * filled in, so that another image or another daemon can fill in its own.
 */
export function originalRequest(origin: Origin): OriginalRequest {
  const { connections, endpoints, macAddress, ...network } = networkFields(origin)
  const body = {
    ...processFields(origin),
    ...(macAddress === '' ? {} : { MacAddress: macAddress }),
    HostConfig: hostFields(origin, { ...network, connections, endpoints, macAddress }),
    NetworkingConfig: { EndpointsConfig: endpoints },
  }
  return { body, connections }
}
