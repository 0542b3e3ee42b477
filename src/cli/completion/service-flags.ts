import { files, type Source, words } from './completion.ts'
import { choice, variables } from './container-flags.ts'
import { imageNames, named, networkNames } from './names.ts'

const orders = choice(['start-first', 'stop-first'])

/** What `service create` and `service update` both take. */
const COMMON_FLAGS: Readonly<Record<string, Source>> = {
  'restart-condition': choice(['none', 'on-failure', 'any']),
  'rollback-failure-action': choice(['pause', 'continue']),
  'rollback-order': orders,
  'update-failure-action': choice(['pause', 'continue', 'rollback']),
  'update-order': orders,
}

/** What the flags of `service` take, by the commands' ids; for the rest, not even files are offered. */
export const SERVICE_FLAGS: Readonly<Record<string, Readonly<Record<string, Source>>>> = {
  'service:create': {
    ...COMMON_FLAGS,
    env: named(variables),
    'env-file': files,
    mode: choice(['replicated', 'global', 'replicated-job', 'global-job']),
    network: named(networkNames),
  },
  'service:update': {
    ...COMMON_FLAGS,
    'env-add': named(variables),
    image: named(imageNames),
    'network-add': named(networkNames),
  },
}

/** Nothing: the flag takes what nobody can guess. */
export const otherServiceFlags: Source = () => words([])
