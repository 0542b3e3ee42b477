import { bool, strings } from '../flag.ts'

/** The flags of `stack config`. */
export const stackConfigFlags = {
  'compose-file': strings({
    char: 'c',
    completes: 'files',
    summary: 'Compose file to read, or - for stdin; repeat it to override with later files',
  }),
  'skip-interpolation': bool({ summary: 'Do not replace variables, and only merge the files' }),
}
