import { json } from '../../../support/fake-replies.ts'
import { each, type FileContent, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { clientVersionIsOurs, info } from '../system/info.ts'

const META = 'docker-cli-plugin-metadata'

/** Returns a plugin that prints `metadata` and runs `script` when it is called. */
function plugin(metadata: unknown, script = 'true'): FileContent {
  const output = typeof metadata === 'string' ? metadata : JSON.stringify(metadata)
  return executable(`if [ "$1" = ${META} ]; then echo '${output}'; exit; fi\n${script}`)
}

function executable(script: string): FileContent {
  return { text: `#!/bin/sh\n${script}\n`, mode: 0o755 }
}

function installed(plugins: Readonly<Record<string, FileContent>>, directory = '.docker/cli-plugins') {
  return Object.fromEntries(Object.entries(plugins).map(([name, content]) => [`${directory}/docker-${name}`, content]))
}

const VALID = { SchemaVersion: '0.1.0', Vendor: 'Ada & Co.' }
const HELLO = { ...VALID, Version: 'v1.2.3', ShortDescription: 'Say <hello>', URL: 'https://example.com' }

/** A script that prints its arguments and exits with a given code. */
const printingArguments = [
  'for word in "$@"; do echo "<$word>"; done',
  'echo "in $PWD with $GREETING"',
  '[ -n "$DOCKER_CLI_PLUGIN_SOCKET" ] || echo nowhere to listen',
  'case "$2" in fail) echo oops >&2; exit 7;; die) kill -9 $$;; read) while read line; do echo "read $line"; done;; esac',
  'exit 0',
].join('\n')
const hello = plugin(HELLO, printingArguments)

const faulty = installed({
  hello,
  bare: plugin(VALID),
  letters: plugin({ schemaversion: '0.1.0', VENDOR: 'me' }),
  Upper: plugin(VALID),
  'with-dash': plugin(VALID),
  ps: plugin(VALID),
  container: plugin(VALID),
  failing: executable('exit 3'),
  killed: executable('kill -9 $$'),
  forbidden: { text: '#!/bin/sh\n', mode: 0o644 },
  silent: plugin(''),
  chatty: plugin('hello there'),
  list: plugin('[]'),
  novendor: plugin({ SchemaVersion: '0.1.0', Version: 'v1' }),
  number: plugin({ ...VALID, ShortDescription: [1], Version: true }),
})

const schemas = installed({
  nothing: plugin('null'),
  noschema: plugin({ Vendor: 'me' }),
  newschema: plugin({ ...VALID, SchemaVersion: '0.2.0' }),
  one: plugin({ ...VALID, SchemaVersion: '1.99' }),
  two: plugin({ ...VALID, SchemaVersion: '2.0.0' }),
  word: plugin({ ...VALID, SchemaVersion: 'v1.0.0' }),
  whole: plugin({ ...VALID, SchemaVersion: '1' }),
})

const running: ParityCase[] = [
  ...each(
    ['hello'],
    [[], ['a', '-b', '--c=d', '', 'e f'], ['fail', 'x'], ['die'], ['--help'], ['-h'], ['--version'], ['--', '-x']],
  ),
  ...each(
    [],
    [
      ['-D', 'hello', '--debug'],
      ['--log-level', 'warn', '-H', 'tcp://nowhere:1', 'hello'],
      ['--help', 'hello'],
      ['-v', 'hello'],
      ['--nosuch', 'hello'],
      ['--log-level', 'loud', 'hello'],
      ['container', 'hello'],
      ['nosuch', 'hello'],
    ],
  ),
  { argv: ['hello', 'read'], stdin: 'one\ntwo\n' },
  { argv: ['hello', 'read'], note: 'no input' },
].map((each) => ({ ...each, files: installed({ hello }), env: { ...each.env, GREETING: 'joy' } }))

const choosing: ParityCase[] = [
  {
    argv: ['hello'],
    note: 'in its own directory',
    files: installed({ hello }, 'more'),
    config: { cliPluginsExtraDirs: ['<dir>/none', '<dir>/more'] },
  },
  {
    argv: ['hello'],
    note: 'in two directories',
    files: { ...installed({ hello }), ...installed({ hello: plugin(VALID, 'echo first') }, 'more') },
    config: { cliPluginsExtraDirs: ['<dir>/more'] },
  },
  {
    argv: ['hello'],
    note: 'broken in the first directory',
    files: { ...installed({ hello }), ...installed({ hello: executable('exit 1') }, 'more') },
    config: { cliPluginsExtraDirs: ['<dir>/more'] },
  },
  {
    argv: ['--config', '<dir>/other', 'hello'],
    note: 'in the directory that --config names',
    files: installed({ hello }, 'other/cli-plugins'),
  },
  {
    argv: ['opening'],
    note: 'opens its streams by name',
    files: installed({
      opening: executable(
        `[ "$1" = ${META} ] || exec echo called\nread -r line </dev/stdin\nprintf '{"SchemaVersion":"0.1.0",' >/dev/fd/1\nprintf '"Vendor":"me"}' >/dev/fd/1`,
      ),
    }),
  },
  { argv: ['hello'], note: 'a directory', files: { '.docker/cli-plugins/docker-hello': 'directory' } },
  { argv: ['hello'], note: 'no list', files: installed({ hello }), config: { cliPluginsExtraDirs: 'more' } },
  ...each(['help'], [['hello'], ['hello', 'fail'], ['failing'], ['broken'], ['nosuch'], ['lost'], ['hello', 'die']], {
    files: { ...faulty, ...installed({ broken: plugin(VALID, 'echo broken; exit 5') }) },
  }),
  ...each([], [...Object.keys(faulty).map((path) => [path.replace(/.*docker-/, '')]), ['help', 'chatty']])
    .filter(({ argv: [name] }) => name !== 'ps' && name !== 'container' && name !== 'hello')
    .map((each): ParityCase => ({ ...each, files: faulty })),
]

/** A plugin that prints what `build` and `builder` pass to it. */
const buildx = plugin(VALID, 'echo "$*"; echo "for [$BUILDX_BUILDER]"')
const alias = { aliases: { builder: 'buildx' } }
const forwarding: ParityCase[] = [
  ...each(
    [],
    [
      ['build', '.'],
      ['-D', 'image', 'build', '-t', 'x', '.'],
      ['builder', 'build', '.'],
      ['builder', 'prune', '-f'],
      ['builder'],
      ['builder', '--help'],
      ['--log-level', 'debug', 'builder', 'ls'],
    ],
    { config: alias, note: 'aliased' },
  ),
  ...each(
    [],
    [
      ['build', '--builder', 'other', '.'],
      ['build', '--builder=other', '-t', 'x', '.'],
      ['builder', 'prune', '--builder', 'other'],
      ['-D', 'image', 'build', '--builder', 'other', '.'],
      ['builder', 'ls'],
      ['builder', 'inspect', '--bootstrap', 'x'],
      ['builder', 'build', '--builder', 'other', '.'],
      ['builder', '--builder', 'other', 'ls'],
      ['builder'],
    ],
  ),
  { argv: ['build', '.'], env: { BUILDX_BUILDER: 'other' }, note: 'BUILDX_BUILDER=other' },
  { argv: ['builder', 'ls'], env: { BUILDX_BUILDER: 'other' }, note: 'BUILDX_BUILDER=other' },
  { argv: ['build', '--builder', 'other', '.'], env: { DOCKER_BUILDKIT: '1' }, note: 'DOCKER_BUILDKIT=1' },
  { argv: ['build', '.'], env: { DOCKER_BUILDKIT: '1' }, config: alias, note: 'aliased, DOCKER_BUILDKIT=1' },
  { argv: ['build', '.'], config: { aliases: { builder: 'hello' } }, note: 'another alias' },
].map((each) => ({ ...each, files: installed({ buildx, hello }) }))

const quiet = { ...faulty, ...installed({ hello: plugin(HELLO, 'for word in "$@"; do echo "<$word>"; done') }) }
const completing: ParityCase[] = each(
  ['__complete'],
  [['hell'], ['hello'], ['hello', ''], ['hello', 'a', '--b'], ['-D', 'hello', 'x', '']],
  { files: quiet },
).concat(each(['__completeNoDesc'], [['hell'], ['hello', 'a', '']], { files: quiet }))

const replies = { 'GET /info': json(info) }
const listing: ParityCase[] = [
  { argv: ['--help'], files: faulty, lenient: helpIsOurs },
  { argv: ['info'], files: faulty, replies, lenient: clientVersionIsOurs },
  ...each(
    ['info'],
    [
      ['--format', '{{range .ClientInfo.Plugins}}{{.Name}} {{.Vendor}} {{.Path}}\n{{end}}'],
      ['--format', '{{len .ClientInfo.Plugins}}'],
      ['--format', '{{range .ClientInfo.Plugins}}{{.Name}} {{.Err}}|{{println}}{{end}}'],
      [
        '--format',
        '{{range .ClientInfo.Plugins}}{{printf "%v %q" .Err .Name}}{{if .Err}} failed{{end}}{{println}}{{end}}',
      ],
      ['--format', '{{with index .ClientInfo.Plugins 0}}{{json .Err}} {{.Err | printf "%v"}}{{end}}'],
    ],
    { files: faulty, replies },
  ),
  {
    argv: ['info', '--format', '{{range .ClientInfo.Plugins}}{{.Name}} {{.Err}}\n{{end}}'],
    note: 'a link without a target',
    files: installed({ hello, lost: { link: 'nowhere' } }),
    replies,
  },
  {
    argv: ['info', '--format', '{{range .ClientInfo.Plugins}}{{.Name}} {{.Err}}|{{println}}{{end}}'],
    note: 'schemas',
    files: schemas,
    replies,
  },
  ...each([], [['noschema'], ['newschema'], ['two']], { files: schemas }),
  ...each([], [['lost'], ['loop']], { files: installed({ lost: { link: 'nowhere' }, loop: { link: 'docker-loop' } }) }),
  {
    argv: ['info', '--format', '{{json .ClientInfo.Plugins}}'],
    note: 'in two directories',
    files: { ...faulty, ...installed({ hello: plugin(VALID), other: plugin(HELLO) }, 'more') },
    config: { cliPluginsExtraDirs: ['<dir>/more'] },
    replies,
  },
]

/** Plugins, which add commands to the client. */
export const plugins: ParityGroup = {
  name: 'plugins',
  cases: [...running, ...choosing, ...forwarding, ...completing, ...listing],
}
