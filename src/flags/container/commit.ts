import { ExitStatus } from '../../domain/errors.ts'
import { bool, type TypedFlags, text, texts, type ValuesOf } from '../flag.ts'

/** The flags of `commit`. docker 29 has `--no-pause` instead of `--pause=false`; both work here. */
export const commitFlags = {
  author: text({ char: 'a', summary: 'Author of the image, such as "Ann Other <ann@example.com>"' }),
  change: texts({ char: 'c', summary: "Apply a Dockerfile instruction to the image's configuration" }),
  message: text({ char: 'm', summary: 'Commit message' }),
  'no-pause': bool({ summary: 'Do not pause the container during the commit' }),
  pause: bool({ char: 'p', default: true, summary: 'Pause the container during the commit (better: --no-pause)' }),
}

/** docker 29's notice about `--pause`. */
export const PAUSE_NOTICE =
  'Flag --pause has been deprecated, and enabled by default. Use --no-pause to disable pausing during commit.'

/** Whether the container is paused during the commit. @throws ExitStatus if `--pause` and `--no-pause` were typed */
export function pausesContainer(
  flags: Pick<ValuesOf<typeof commitFlags>, 'no-pause' | 'pause'>,
  typedFlags: TypedFlags,
): boolean {
  if (!typedFlags.has('no-pause')) return flags.pause
  if (!typedFlags.has('pause')) return !flags['no-pause']
  throw new ExitStatus(1, 'conflicting options: --no-pause and --pause cannot be used together')
}
