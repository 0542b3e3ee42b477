import { checkVariable } from '../../domain/container/env.ts'
import { bool, text, texts, type ValuesOf } from '../flag.ts'
import { each } from '../values.ts'

/** Every flag of `exec`. */
export const execFlags = {
  detach: bool({ char: 'd', summary: 'Run in the background' }),
  'detach-keys': text({ summary: 'Keys that leave the command running, such as ctrl-p,ctrl-q' }),
  env: each({
    completes: 'environment variables',
    char: 'e',
    summary: 'Set a variable, KEY=value, or pass one on, KEY',
    minApi: '1.25',
    read: checkVariable,
  }),
  'env-file': texts({ summary: 'Read variables from a file, one a line', minApi: '1.25' }),
  interactive: bool({ char: 'i', summary: 'Pass stdin on' }),
  privileged: bool({ summary: 'Give the command all rights on the host' }),
  tty: bool({ char: 't', summary: 'Give it a terminal' }),
  user: text({ char: 'u', summary: 'Run as NAME|UID[:GROUP|GID]' }),
  workdir: text({ char: 'w', summary: 'Directory to start in', minApi: '1.35' }),
}

export type ExecFlags = ValuesOf<typeof execFlags>
