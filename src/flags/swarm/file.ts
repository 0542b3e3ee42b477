import { keyValueMap } from '../../domain/key-value.ts'
import { checkLabel } from '../../domain/label.ts'
import type { SwarmFileSpec } from '../../domain/swarm/file.ts'
import { text, type ValuesOf } from '../flag.ts'
import { each } from '../values.ts'

/** Every flag of `config create`. */
export const configCreateFlags = {
  label: each({ char: 'l', summary: 'Label it, KEY=VALUE', read: checkLabel }),
  'template-driver': text({ minApi: '1.37', summary: 'What fills in the blanks of its content' }),
}

/** Every flag of `secret create`. */
export const secretCreateFlags = {
  ...configCreateFlags,
  driver: text({ char: 'd', minApi: '1.31', summary: 'What keeps the secret, outside of the swarm' }),
}

/**
 * The body of the request that makes a secret or a config.
 * @param content undefined where a driver has it
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
