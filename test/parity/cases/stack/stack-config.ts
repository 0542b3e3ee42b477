import { each, type FileContent, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { composeFilesOf, composeNames, composeVariables, envFile } from '../../compose.ts'

const env = composeVariables
const variables = { [`cwd/${envFile.name}`]: envFile.text }

function corpusCase(name: string): ParityCase {
  const files = composeFilesOf(name)
  const inDirectory = Object.entries(files).map(([file, text]): [string, FileContent] => [`cwd/${file}`, text])
  return {
    argv: ['stack', 'config', ...Object.keys(files).flatMap((file) => ['-c', file])],
    env,
    files: { ...variables, ...Object.fromEntries(inDirectory) },
  }
}

const base = `services: {a: {image: "b\${SET}$$", volumes: ["./x:/y"]}}\n`
const files = {
  'cwd/base.yaml': base,
  'cwd/other/override.yaml': 'services: {a: {hostname: h, volumes: ["./z:/z"]}}\n',
  'cwd/broken.yaml': 'services: {a: {bogus: 1}}\n',
  'cwd/binary.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xff, 0x0a]),
  'cwd/control.yaml': 'a: \u0001\n',
  'cwd/utf8.yaml': 'x-a: "é漢字😀"\n',
  'cwd/crlf.yaml': 'services:\r\n  a:\r\n    image: b\r\n',
  'cwd/directory': 'directory',
  'cwd/deep.yaml': `a: ${'['.repeat(12_000)}${']'.repeat(12_000)}\n`,
} as const

const commandLines = each(
  ['stack', 'config'],
  [
    [],
    ['-c', 'base.yaml'],
    ['--compose-file', 'base.yaml'],
    ['--compose-file=base.yaml', '--skip-interpolation'],
    ['--skip-interpolation=false', '-c', 'base.yaml'],
    ['-c', 'base.yaml,other/override.yaml'],
    ['-c', 'other/override.yaml', '-c', 'base.yaml'],
    ['-c', 'base.yaml', '-c', 'base.yaml'],
    ['-c', '<dir>/cwd/other/override.yaml'],
    ['-c', 'missing.yaml'],
    ['-c', 'base.yaml', '-c', 'missing.yaml'],
    ['-c', 'broken.yaml', '--skip-interpolation'],
    ['-c', ''],
    ['-c', 'directory'],
    ['-c', '/dev/null'],
    ['-c', 'binary.yaml'],
    ['-c', 'control.yaml'],
    ['-c', 'utf8.yaml'],
    ['-c', 'crlf.yaml'],
    ['-c', 'deep.yaml'],
    ['-c'],
    ['-c', 'base.yaml', 'stack'],
    ['--bogus'],
  ],
  { files, env },
)

export const stackConfig: ParityGroup = {
  name: 'stack-config',
  cases: [
    ...composeNames().map(corpusCase),
    ...commandLines,
    { argv: ['stack', 'config', '-c', '-'], stdin: base, env, files },
    { argv: ['stack', 'config', '-c', '-', '-c', 'other/override.yaml'], stdin: base, env, files },
    { argv: ['stack', 'config', '-c', 'other/override.yaml', '-c', '-'], stdin: base, env, files },
    { argv: ['stack', 'config', '-c', '-'], note: 'empty', stdin: '' },
    { argv: ['stack', 'config', '-c', '-', '-c', '-'], stdin: base },
    { argv: ['stack', 'config', '-c', 'base.yaml'], note: 'without HOME', env: { HOME: null }, files },
    {
      argv: ['stack', 'config', '-c', 'x.yaml'],
      note: 'home',
      env: { HOME: null },
      files: { 'cwd/x.yaml': 'services: {a: {volumes: ["~/x:/y"]}}\n' },
    },
    { argv: ['stack', 'config', '--help'], lenient: helpIsOurs },
  ],
}
