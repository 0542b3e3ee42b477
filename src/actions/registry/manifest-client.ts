import { CLIENT_VERSION } from '../../cli/build-info.ts'
import type { Cli } from '../../cli/cli.ts'
import { webClient } from '../../registry/http-client.ts'
import { ManifestClient } from '../../registry/manifest-client.ts'
import { credentialsFor } from './registry-auth.ts'

/**
 * Creates a client for the manifests of registries.
 * @param isInsecure whether registries without TLS or with an unknown certificate are accepted (--insecure)
 */
export function createManifestClient(cli: Cli, isInsecure: boolean): ManifestClient {
  const environment = {
    send: webClient(cli.env),
    userAgent: `Docker-Client/${CLIENT_VERSION} (${process.platform})`,
    now: () => cli.now(),
    credentialsFor: (server: string) => credentialsFor(server, cli),
  }
  return new ManifestClient(environment, isInsecure)
}
