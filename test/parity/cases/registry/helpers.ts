import { json, type Replies } from '../../../support/fake-replies.ts'
import type { FileContent, ParityCase, ParityGroup } from '../../case.ts'
import { basic, helper, helpers } from './credentials.ts'

const OUTPUTS = ['.docker/config.json', 'helper.log']
const replies: Replies = {
  'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }),
  'POST /images/create': { lines: [{ status: 'Pulling from a', id: 'latest' }] },
}
/** A config.json that only its owner can read, which causes no warning. */
const configFile = (value: unknown) => ({ '.docker/config.json': { mode: 0o600, text: JSON.stringify(value) } })

type Files = Readonly<Record<string, FileContent>>

const pass: Files = { 'bin/docker-credential-pass': helper, 'bin/pass': { mode: 0o755, text: '#!/bin/sh\n' } }
const secretservice: Files = { 'bin/docker-credential-secretservice': helper }
const commands = [
  ['login', '-u', 'me', '-p', 'x', 'example.com'],
  ['login', 'helped.example.com'],
  ['pull', 'helped.example.com/a'],
  ['logout', 'example.com'],
]

/** Helpers that config.json does not name: docker uses an installed one when config.json contains no credentials. */
const installedHelpers: readonly (readonly [string, Files, object | undefined])[] = [
  ['pass', pass, {}],
  ['pass, no config.json', pass, undefined],
  ['secretservice', secretservice, {}],
  ['secretservice and pass', { ...secretservice, ...pass }, {}],
  ['pass is not installed', { 'bin/docker-credential-pass': helper }, {}],
  ['pass, with auths', pass, { auths: { 'other.example.com': basic('o', 'p') } }],
  ['pass, with empty auths', pass, { auths: {} }],
  ['pass, with credHelpers', { ...pass, ...helpers }, { credHelpers: { 'other.example.com': 'fake' } }],
  ['pass, with another credsStore', { ...pass, ...helpers }, { credsStore: 'fake' }],
  ['pass, not executable', { ...pass, 'bin/docker-credential-pass': '' }, {}],
  ['pass, a directory', { ...pass, 'bin/docker-credential-pass': 'directory' }, {}],
]

const script = (body: string): FileContent => ({ mode: 0o755, text: `#!/bin/sh\nread -r line\n${body}\n` })
const odd: readonly (readonly [string, string])[] = [
  ['prints nothing', ''],
  ['prints garbage', 'echo garbage'],
  ['prints a list', 'echo "[]"'],
  ['prints null', 'echo null'],
  ['prints a number', 'echo 5'],
  ['prints an empty object', 'echo "{}"'],
  ['prints a wrong type', 'echo "{\\"Username\\":5,\\"Secret\\":\\"s\\"}"'],
  ['prints half an object', 'printf "{\\"Username\\":\\"u\\",\\"Sec"'],
  ['prints two objects', 'echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"s\\"} x"'],
  ['has other keys', 'echo "{\\"username\\":\\"u\\",\\"SECRET\\":\\"s\\",\\"More\\":1}"'],
  ['fails without output', 'exit 3'],
  ['fails with output', 'echo no way; exit 1'],
  ['fails on stderr', 'echo no way >&2; exit 1'],
  ['fails, not found', 'echo credentials not found in native keychain; exit 1'],
  ['prints not found and succeeds', 'echo credentials not found in native keychain'],
  ['has no server', 'echo no credentials server URL; exit 1'],
  ['has no user', 'echo no credentials username; exit 1'],
  ['is killed', 'kill -9 $$'],
  ['prints to stderr', 'echo noise >&2; echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"s\\"}"'],
]

/** A helper that opens its streams by name, as scripts do. */
const opening: FileContent = {
  mode: 0o755,
  text: `#!/bin/sh
read -r line </dev/stdin
echo "$1 $line" >> "$HOME/helper.log"
[ "$1" = get ] || exit 0
printf '{"Username":"opened",' >/dev/fd/1
printf '"Secret":"s"}' >/dev/fd/1
`,
}

const helpersCases: ParityCase[] = [
  ...commands.slice(0, 3).map((argv): ParityCase => {
    const files = { 'bin/docker-credential-opening': opening, ...configFile({ credsStore: 'opening' }) }
    return { argv, files, replies, outputs: OUTPUTS, note: 'opens its streams by name' }
  }),
  ...installedHelpers.flatMap(([note, installed, config]) => {
    const files = { ...installed, ...(config === undefined ? {} : configFile(config)) }
    return commands.map((argv): ParityCase => ({ argv, files, replies, outputs: OUTPUTS, note }))
  }),
  ...odd.flatMap(([note, body]) => {
    const files = { 'bin/docker-credential-odd': script(body), ...configFile({ credsStore: 'odd' }) }
    return commands.map((argv): ParityCase => ({ argv, files, replies, outputs: OUTPUTS, note }))
  }),
  ...commands.map(
    (argv): ParityCase => ({
      argv,
      files: { 'bin/docker-credential-odd': { mode: 0o755, text: 'no program' }, ...configFile({ credsStore: 'odd' }) },
      replies,
      outputs: OUTPUTS,
      note: 'is not a program',
    }),
  ),
  ...commands.map(
    (argv): ParityCase => ({
      argv,
      files: { 'bin/docker-credential-odd': '', ...configFile({ credsStore: 'odd' }) },
      replies,
      outputs: OUTPUTS,
      note: 'is not executable',
    }),
  ),
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'example.com'],
    files: { ...helpers, ...configFile({ credsStore: 'fake' }) },
    replies: { 'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: 'an-identity' }) },
    outputs: OUTPUTS,
    note: 'identity token',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'example.com'],
    files: {
      ...helpers,
      ...configFile({ credsStore: 'fake', auths: { 'example.com': basic('me', 'old'), other: basic('o', 'p') } }),
    },
    replies,
    outputs: OUTPUTS,
    note: 'removes a password from the file',
  },
  {
    argv: ['pull', 'token.example.com/a'],
    files: { ...helpers, ...configFile({ credsStore: 'fake' }) },
    replies,
    outputs: OUTPUTS,
    note: 'returns a token',
  },
  {
    argv: ['login', 'token.example.com'],
    files: { ...helpers, ...configFile({ credsStore: 'fake' }) },
    replies,
    outputs: OUTPUTS,
    note: 'returns a token',
  },
]

export const helpersGroup: ParityGroup = { name: 'helpers', cases: helpersCases }
