import { describe, expect, test } from 'vitest'
import { isRegularFile, toGoMode, toPermissions } from '../../../../src/builder/buildkit/fsutil/mode.ts'

/** File modes of the system and the same modes in Go, as `fmt.Println(uint32(info.Mode()))` prints them. */
const modes: [name: string, system: number, go: number, isRegular: boolean][] = [
  ['a file', 0o100644, 0o644, true],
  ['a set-uid program', 0o104755, 0o755 + 2 ** 23, true],
  ['a set-gid program', 0o102755, 0o755 + 2 ** 22, true],
  ['a directory', 0o040755, 0o755 + 2 ** 31, false],
  ['a sticky directory', 0o041777, 0o777 + 2 ** 31 + 2 ** 20, false],
  ['a link', 0o120777, 0o777 + 2 ** 27, false],
  ['a pipe', 0o010600, 0o600 + 2 ** 25, false],
  ['a block device', 0o060660, 0o660 + 2 ** 26, false],
  ['a character device', 0o020666, 0o666 + 2 ** 26 + 2 ** 21, false],
  ['a socket, which fsutil sends as a file', 0o140755, 0o755, true],
]

describe.each(modes)('%s', (_name, system, go, isRegular) => {
  test('is converted to the mode of Go', () => expect(toGoMode(system)).toBe(go))
  test('gets its permissions from the mode of Go', () => expect(toPermissions(go)).toBe(system & 0o7777))
  test('is recognized as a regular file or not', () => expect(isRegularFile(go)).toBe(isRegular))
})
