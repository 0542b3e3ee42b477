import type { EngineKind } from './engines/kinds.ts'
import type { ProvidedEngine, ProvidedServices } from './provided.ts'

/** The versions of the default engines, by which tests are named and chosen. */
const VERSIONS: readonly [kind: EngineKind, version: string, apiVersion: string][] = [
  ['machine', '20.10.24', '1.41'],
  ['trixie', '26.1.5', '1.45'],
]

/**
 * Returns services that do not exist, with which `vitest list` can load the end-to-end tests and count them. Most tests are
 * made of a table of cases, of tug's two forms and of the engines, so that they cannot be counted in the sources.
 */
export function listedServices(): ProvidedServices {
  const engines = VERSIONS.map(
    ([kind, version, apiVersion]): ProvidedEngine => ({ name: `engine ${version}`, kind, socket: '', apiVersion }),
  )
  return { engines, registry: { host: '', user: '', password: '' } }
}
