import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import type { TypedFlags } from '../../flags/flag.ts'

/** The largest accepted password in bytes. Without a limit, a device such as /dev/zero has no end. */
const MAX_SIZE = 1024 * 1024

interface LoginFlags {
  readonly username: string
  readonly password: string
  readonly 'password-stdin': boolean
}

/**
 * Returns the password of `login` from the flag, or from stdin with `--password-stdin` or, as in docker 29,
 * `--password -`. It is empty when neither was typed, or when stdin is blank.
 * @throws ExitStatus for flags that conflict
 */
export async function readPassword(
  { username, password, 'password-stdin': isFromStdin }: LoginFlags,
  typedFlags: TypedFlags,
  cli: Pick<Cli, 'in' | 'err'>,
): Promise<string> {
  const isTyped = typedFlags.has('password')
  if (isTyped && isFromStdin) {
    throw new ExitStatus(1, 'conflicting options: cannot specify both --password and --password-stdin')
  }
  if (isTyped && password === '') throw new ExitStatus(1, 'password is empty')
  if (!isFromStdin && password !== '-') {
    if (isTyped) cli.err.write('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n')
    return password.trim()
  }
  if (username === '') throw new ExitStatus(1, 'the --password-stdin option requires --username to be set')
  const line = withoutLineEnds(await readAll(cli.in.stream))
  return line.trim() === '' ? '' : line
}

/**
 * Removes the line ends around a password, which files and `echo` add. Blanks belong to the password, as in docker 29;
 * docker 28 removes those too. docker 29 removes only one line end, but scripts rely on the others being removed.
 */
function withoutLineEnds(password: string): string {
  let start = 0
  let end = password.length
  while (start < end && isLineEnd(password[start])) start += 1
  while (end > start && isLineEnd(password[end - 1])) end -= 1
  return password.slice(start, end)
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r'
}

/** @throws ExitStatus when the stream has more than `MAX_SIZE` bytes */
async function readAll(stream: AsyncIterable<string | Uint8Array>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MAX_SIZE) throw new ExitStatus(1, `the password is longer than ${MAX_SIZE} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString()
}
