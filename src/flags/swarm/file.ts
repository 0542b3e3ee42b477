import { keyValueMap } from '../../domain/key-value.ts'
import { checkLabel } from '../../domain/label.ts'
import type { SwarmFileSpec } from '../../domain/swarm/file.ts'
import { each, text, type ValuesOf } from '../flag.ts'

/** The flags of `config create`. */
export const configCreateFlags = {
  label: each({ char: 'l', summary: 'Add a label, KEY=VALUE', read: checkLabel }),
  'template-driver': text({ minApi: '1.37', summary: 'Template driver for the content' }),
}

/** The flags of `secret create`. */
export const secretCreateFlags = {
  ...configCreateFlags,
  driver: text({ char: 'd', minApi: '1.31', summary: 'Secret driver that keeps the secret outside the swarm' }),
}

/**
 * Translates the flags to the body of the request that creates a secret or a config.
 * @param content undefined if a driver provides it
 */
export function swarmFileSpec(
  name: string,
  flags: ValuesOf<typeof configCreateFlags> & { readonly driver?: string },
  content: Uint8Array | undefined,
): SwarmFileSpec {
  const template = flags['template-driver']
  return {
    ...(name === '' ? {} : { Name: name }),
    Labels: keyValueMap(flags.label),
    ...(content && content.length > 0 ? { Data: Buffer.from(content).toString('base64') } : {}),
    ...(flags.driver ? { Driver: { Name: flags.driver } } : {}),
    ...(template === '' ? {} : { Templating: { Name: template } }),
  }
}
