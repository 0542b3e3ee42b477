import { note } from '../text/notices.ts'

const ONLY_ONE_PLATFORM =
  'Not all multiplatform-content is present and only the available single-platform image was pushed'

const INDENT = '\t\t\t\t'
const CONTENT_MISSING = [
  "You're trying to push a manifest list/index which ",
  `${INDENT}references multiple platform specific manifests, but not all of them are available locally`,
  `${INDENT}or available to the remote repository.`,
  '',
  `${INDENT}Make sure you have all the referenced content and try again.`,
  '',
  `${INDENT}You can also push only a single platform specific manifest directly by specifying the platform you want to push with the --platform flag.`,
]

/**
 * Formats docker's note about a push from the daemon's `aux` data; empty if there is none. docker prints the notes last,
 * on stdout (docker/cli image.handleAux).
 */
export function formatPushNote(aux: unknown, isTerminal: boolean): string {
  if (typeof aux !== 'object' || aux === null) return ''
  if ('manifestPushedInsteadOfIndex' in aux && aux.manifestPushedInsteadOfIndex === true) {
    const index = digestIn('originalIndex' in aux ? aux.originalIndex : undefined)
    const manifest = digestIn('selectedManifest' in aux ? aux.selectedManifest : undefined)
    return pushInfo([ONLY_ONE_PLATFORM, `\x1b[31m${index}\x1b[0m -> \x1b[32m${manifest}\x1b[0m`], isTerminal)
  }
  const isContentMissing = 'contentMissing' in aux && aux.contentMissing === true
  return isContentMissing ? pushInfo(CONTENT_MISSING, isTerminal) : ''
}

function pushInfo(lines: readonly string[], isTerminal: boolean): string {
  return note('info', lines, isTerminal, (line) => line.replace('--platform', '\x1b[1m--platform\x1b[0m'))
}

function digestIn(descriptor: unknown): string {
  const { digest } = { digest: '', ...(typeof descriptor === 'object' ? descriptor : {}) }
  return String(digest)
}
