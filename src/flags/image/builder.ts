import { bool, text } from '../flag.ts'

/** The flags of every command of buildx that is for one builder. */
export const builderFlags = {
  builder: text({ summary: 'Builder to use; there is only that of the current context' }),
  debug: bool({ char: 'D', summary: 'Enable debug logging' }),
}
