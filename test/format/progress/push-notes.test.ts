import { expect, test } from 'vitest'
import { formatPushNote } from '../../../src/format/progress/push-notes.ts'

const ONE_PLATFORM = {
  manifestPushedInsteadOfIndex: true,
  originalIndex: { digest: 'sha256:aaaa' },
  selectedManifest: { digest: 'sha256:bbbb' },
}

// Recorded from docker push 28.2.2.
test.each([
  [
    ONE_PLATFORM,
    false,
    '\n Info -> Not all multiplatform-content is present and only the available single-platform image was pushed\n         \x1b[31msha256:aaaa\x1b[0m -> \x1b[32msha256:bbbb\x1b[0m\n',
  ],
  [
    ONE_PLATFORM,
    true,
    '\n\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m\x1b[3mNot all multiplatform-content is present and only the available single-platform image was pushed\x1b[0m\n         \x1b[3m\x1b[31msha256:aaaa\x1b[0m -> \x1b[32msha256:bbbb\x1b[0m\x1b[0m\n',
  ],
  [
    { contentMissing: true },
    true,
    "\n\x1b[1m\x1b[106m\x1b[30mi\x1b[0m\x1b[0m \x1b[96mInfo → \x1b[0m\x1b[0m\x1b[3mYou're trying to push a manifest list/index which \x1b[0m\n         \x1b[3m\t\t\t\treferences multiple platform specific manifests, but not all of them are available locally\x1b[0m\n         \x1b[3m\t\t\t\tor available to the remote repository.\x1b[0m\n         \x1b[3m\x1b[0m\n         \x1b[3m\t\t\t\tMake sure you have all the referenced content and try again.\x1b[0m\n         \x1b[3m\x1b[0m\n         \x1b[3m\t\t\t\tYou can also push only a single platform specific manifest directly by specifying the platform you want to push with the \x1b[1m--platform\x1b[0m flag.\x1b[0m\n",
  ],
  [{ Tag: 'latest', Digest: 'sha256:1', Size: 528 }, true, ''],
  ['text', true, ''],
])('formats the note for %j, on a terminal: %s', (aux, isTerminal, note) => {
  expect(formatPushNote(aux, isTerminal)).toBe(note)
})
