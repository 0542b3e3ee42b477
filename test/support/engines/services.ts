import { runDockerEngine } from './docker-engine.ts'
import { runPodman } from './podman.ts'
import { runMirror, runRegistry } from './registry.ts'

/** The services that a keeper can run, by name. Each function resolves to the service's address once it is ready. */
export const SERVICES = {
  docker: runDockerEngine,
  podman: runPodman,
  registry: runRegistry,
  mirror: runMirror,
} as const

export type ServiceName = keyof typeof SERVICES
