import { bool, strings } from '../flag.ts'

/** The flag of the commands that read Compose files. */
export const composeFile = strings({
  char: 'c',
  completes: 'files',
  summary: 'Compose file to read, or - for stdin; repeat it to override with later files',
})

/** The flags of `stack config`. */
export const stackConfigFlags = {
  'compose-file': composeFile,
  'skip-interpolation': bool({ summary: 'Do not replace variables, and only merge the files' }),
}
