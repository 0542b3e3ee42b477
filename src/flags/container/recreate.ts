import { bool, each, text, type ValueFlag } from '../flag.ts'
import { containerFlags, createFlags } from './create.ts'
import { waitFlags } from './wait.ts'

/** The flags of `container recreate`: those of `run` that change the request, and its own. */
export const recreateFlags = {
  ...containerFlags,
  ...waitFlags,
  wait: bool({ summary: 'Wait until healthy, or running for a second without a health check', default: true }),
  platform: createFlags.platform,
  pull: createFlags.pull,
  quiet: createFlags.quiet,
  'use-api-socket': createFlags['use-api-socket'],
  'dry-run': bool({ summary: 'Show the difference of the run command lines, and change nothing' }),
  image: text({ completes: 'images', summary: 'Image of the new container; the same name by default' }),
  reset: resetFlag(),
  restore: bool({ summary: 'Go back to the container that an interrupted recreate has left' }),
}

/** `--reset`, whose values are names of flags with or without dashes. */
function resetFlag(): ValueFlag<readonly string[]> {
  return each({
    completes: Object.keys(containerFlags).sort(),
    summary: 'Drop what the container has of a flag, such as publish; repeatable',
    read: (typed) => {
      const name = typed.replace(/^--/, '')
      if (!Object.hasOwn(containerFlags, name)) throw new Error('it takes the long name of a flag of run')
      return name
    },
  })
}
