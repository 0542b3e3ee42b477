import { bool, text, type ValuesOf } from '../flag.ts'
import { composeFile } from './compose.ts'

/** The flags of `stack deploy`. */
export const stackDeployFlags = {
  'compose-file': { ...composeFile, minApi: '1.25' },
  detach: bool({
    char: 'd',
    default: true,
    summary: 'Exit immediately instead of waiting for the services to converge',
  }),
  prune: bool({ summary: 'Remove services that the files no longer have', minApi: '1.27' }),
  quiet: bool({ char: 'q', summary: 'Suppress the progress output' }),
  'resolve-image': text({
    default: 'always',
    summary: "When to query the registry for an image's digest and platforms: always, changed, never",
    minApi: '1.30',
  }),
  'with-registry-auth': bool({ summary: "Send the registry credentials to the swarm's nodes" }),
}

export type StackDeployFlags = ValuesOf<typeof stackDeployFlags>
