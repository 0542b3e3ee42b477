import { checkVariable } from '../../domain/container/env.ts'
import { bool, each, text, texts, type ValuesOf } from '../flag.ts'
import { detachKeys } from '../shared.ts'
import { dotenvFiles } from './process.ts'

/** The flags of `exec`. */
export const execFlags = {
  detach: bool({ char: 'd', summary: 'Run in the background' }),
  'detach-keys': detachKeys(),
  dotenv: dotenvFiles(),
  env: each({
    completes: 'environment variables',
    char: 'e',
    summary: 'Set an environment variable, KEY=VALUE, or pass one through, KEY',
    minApi: '1.25',
    read: checkVariable,
  }),
  'env-file': texts({ summary: 'Read environment variables from a file, one per line', minApi: '1.25' }),
  interactive: bool({ char: 'i', summary: 'Keep stdin open' }),
  privileged: bool({ summary: 'Give the command all privileges on the host' }),
  tty: bool({ char: 't', summary: 'Allocate a terminal' }),
  user: text({ char: 'u', summary: 'User to run as, NAME|UID[:GROUP|GID]' }),
  workdir: text({ char: 'w', summary: 'Working directory inside the container', minApi: '1.35' }),
}

export type ExecFlags = ValuesOf<typeof execFlags>
