import { json } from '../../../support/fake-replies.ts'
import type { FileContent, ParityCase, ParityGroup } from '../../case.ts'

/** Returns a program that records its first start; how often it is started differs between clients. */
function tracing(name: string, body = ''): FileContent {
  return { mode: 0o755, text: `#!/bin/sh\n[ -e <dir>/trace ] || echo ${name} "$0" > <dir>/trace\n${body}\n` }
}

const helper = tracing('helper', 'echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"s\\"}"')

/** Returns the same program in the working directory, below it, and in an absolute directory. */
function everywhere(name: string, program: FileContent): Readonly<Record<string, FileContent>> {
  return { [`cwd/${name}`]: program, [`cwd/sub/${name}`]: program, [`bin/${name}`]: program }
}

/** Values of PATH. When the value ends with `<dir>/bin`, that directory contains the program too. */
const searchPaths = [
  '.',
  '',
  ':',
  '.:<dir>/bin',
  ':<dir>/bin',
  '<dir>/bin:.',
  '<dir>/none::<dir>/bin',
  'sub',
  './sub:<dir>/bin',
  '../bin',
  '<dir>/cwd',
  '<dir>/bin/../bin',
]

interface Caller {
  readonly name: string
  readonly program: FileContent
  readonly given: Omit<ParityCase, 'note' | 'files' | 'outputs'>
}

const callers: readonly Caller[] = [
  {
    name: 'docker-credential-odd',
    program: helper,
    given: {
      argv: ['pull', 'r.example.com/a'],
      config: { credsStore: 'odd' },
      replies: { 'POST /images/create': { lines: [{ status: 'Pulling from a', id: 'latest' }] } },
    },
  },
  {
    name: 'docker-credential-odd',
    program: helper,
    given: {
      argv: ['login', '-u', 'me', '-p', 'secret', 'r.example.com'],
      config: { credsStore: 'odd' },
      replies: { 'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }) },
    },
  },
  {
    name: 'docker-credential-odd',
    program: helper,
    given: { argv: ['logout', 'r.example.com'], config: { credHelpers: { 'r.example.com': 'odd' } } },
  },
  {
    name: 'ssh',
    // It reads the header section of a request before it ends, because docker may report a broken pipe otherwise.
    program: tracing('ssh', 'while read -r line; do case $line in ??*) ;; *) break ;; esac; done\nexit 7'),
    given: { argv: ['-H', 'ssh://h', 'ps'] },
  },
]

/** Helpers that config.json does not name are used only if they are installed. */
const installed: readonly Caller[] = [
  {
    name: 'docker-credential-secretservice',
    program: helper,
    given: {
      argv: ['login', '-u', 'me', '-p', 'secret', 'r.example.com'],
      replies: { 'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }) },
    },
  },
]

const cases = [...callers, ...installed].flatMap(({ name, program, given }) =>
  searchPaths.map((PATH): ParityCase => {
    const outputs = ['trace']
    return {
      ...given,
      files: everywhere(name, program),
      env: { ...given.env, PATH },
      outputs,
      note: `${name}, PATH=${PATH}`,
    }
  }),
)

export const searchPath: ParityGroup = { name: 'search-path', cases }
