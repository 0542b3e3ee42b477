import { bool, text, type ValuesOf } from '../flag.ts'
import { contentTrust } from '../shared.ts'
import { isolationFlags } from './isolation-flags.ts'
import { networkFlags } from './network-flags.ts'
import { processFlags } from './process-flags.ts'
import { resourceFlags } from './resource-flags.ts'
import { storageFlags } from './storage-flags.ts'

/** Flags that go into the create request's body. */
const containerFlags = {
  ...processFlags,
  ...networkFlags,
  ...storageFlags,
  ...resourceFlags,
  ...isolationFlags,
  cidfile: text({ summary: 'Write the container ID to a new file' }),
}

/** Every flag of `create`. */
export const createFlags = {
  ...containerFlags,
  'disable-content-trust': contentTrust('verification'),
  name: text({ summary: 'Name of the container' }),
  platform: text({
    completes: 'platforms',
    summary: 'Platform of the image, OS/ARCHITECTURE[/VARIANT]',
    minApi: '1.32',
  }),
  pull: text({
    completes: ['always', 'missing', 'never'],
    summary: 'When to pull the image: always, missing, never',
    default: 'missing',
  }),
  quiet: bool({ char: 'q', summary: 'Do not show the progress of a pull' }),
  'use-api-socket': bool({ summary: "Give the container the daemon's socket and the stored registry credentials" }),
}

/** Every flag of `run`. */
export const runFlags = {
  ...createFlags,
  detach: bool({ char: 'd', summary: 'Run in the background and print the container ID' }),
  'detach-keys': text({
    completes: 'detach keys',
    summary: 'Keys that leave the container running, such as ctrl-p,ctrl-q',
  }),
  'sig-proxy': bool({ summary: 'Pass signals on to the container', default: true }),
}

export type ContainerFlags = ValuesOf<typeof containerFlags>
export type CreateFlags = ValuesOf<typeof createFlags>
export type RunFlags = ValuesOf<typeof runFlags>
