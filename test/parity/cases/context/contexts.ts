import { createHash } from 'node:crypto'
import { padding, TAR_END, tarHeader } from '../../../../src/archive/tar-header.ts'
import type { FileContent } from '../../case.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const idOf = (name: string) => createHash('sha256').update(name).digest('hex')
const metaOf = (name: string) => `.docker/contexts/meta/${idOf(name)}/meta.json`

function meta(name: string, host: string, more: { description?: string; skip?: boolean; extra?: object } = {}): string {
  return JSON.stringify({
    Name: name,
    Metadata: { ...(more.description === undefined ? {} : { Description: more.description }), ...more.extra },
    Endpoints: { docker: { Host: host, SkipTLSVerify: more.skip ?? false } },
  })
}

const tlsOf = (name: string, file: string) => `.docker/contexts/tls/${idOf(name)}/docker/${file}`

const files: Record<string, FileContent> = {
  [metaOf('remote')]: meta('remote', 'tcp://10.0.0.1:2376', { description: 'the one in the cellar' }),
  [metaOf('ssh')]: meta('ssh', 'ssh://me@host'),
  [metaOf('ctx10')]: meta('ctx10', 'unix:///run/ten.sock', { skip: true, extra: { Other: [1, { a: 'b' }] } }),
  [metaOf('ctx9')]: meta('ctx9', 'unix:///run/nine.sock', {
    description: 'a very long description that goes on for more than a table likes to show',
  }),
  [`.docker/contexts/tls/${idOf('remote')}/docker/ca.pem`]: 'CA',
  [`.docker/contexts/tls/${idOf('remote')}/docker/cert.pem`]: 'CERT',
}
const outputs = ['.docker/config.json', metaOf('remote'), metaOf('new'), metaOf('ssh')]
const none = { env: { DOCKER_HOST: null } }

const FORMATS = [
  'json',
  'table',
  'raw',
  'pretty',
  '{{.Name}}',
  '{{.Name}}\\t{{.Description}}|{{.DockerEndpoint}}|{{.Current}}|{{.Error}}',
  'table {{.Name}}\\t{{.Current}}\\t{{.Error}}\\t{{.Description}}',
  '{{json .}}',
  '{{.Bogus}}',
  '{{.ContextType}}',
  '{{',
]

/** Returns a tar archive as text. It contains only ASCII. */
function tar(entries: readonly (readonly [name: string, text: string | null])[], end = TAR_END): string {
  const parts = entries.flatMap(([name, text]) => {
    const size = text?.length ?? 0
    const header = tarHeader({ name, type: text === null ? 'directory' : 'file', mode: 0o600, size, mtime: 0 })
    return [header, Buffer.from(text ?? ''), Buffer.alloc(padding(size))]
  })
  return Buffer.concat([...parts, end]).toString('latin1')
}

const metaJson = meta('elsewhere', 'tcp://10.3.3.3:2376', { description: 'from far away' })
const whole = tar([
  ['meta.json', metaJson],
  ['tls', null],
  ['tls/docker', null],
  ['tls/docker/ca.pem', 'CA'],
  ['tls/docker/key.pem', 'KEY'],
  ['tls/other/x', 'y'],
])

const archives: Record<string, string> = {
  whole,
  'without-end': tar([['meta.json', metaJson]], Buffer.alloc(0)),
  'without-padding': tar([['meta.json', metaJson]], Buffer.alloc(0)).slice(0, 512 + metaJson.length),
  'cut-content': whole.slice(0, 540),
  'cut-header': whole.slice(0, 300),
  nothing: '',
  text: 'junk',
  'only-end': tar([]),
  dotted: tar([['./meta.json', metaJson]]),
  absolute: tar([['/meta.json', metaJson]]),
  'something-else': tar([
    ['meta.json', metaJson],
    ['foo', 'x'],
  ]),
  'climbs-out': tar([
    ['meta.json', metaJson],
    ['tls/../../../evil', 'x'],
  ]),
  'climbs-out-at-once': tar([
    ['meta.json', metaJson],
    ['../evil', 'x'],
  ]),
  'no-endpoint': tar([
    ['meta.json', metaJson],
    ['tls/ca.pem', 'x'],
  ]),
  'no-meta': tar([['tls/docker/ca.pem', 'x']]),
  'meta-directory': tar([['meta.json', null]]),
  'meta-cut': tar([['meta.json', '{']]),
  'meta-list': tar([['meta.json', '[]']]),
  'meta-empty': tar([['meta.json', '{}']]),
  'meta-null': tar([['meta.json', 'null']]),
  'meta-number': tar([['meta.json', '{"Name":5}']]),
  'meta-endpoints': tar([['meta.json', '{"Endpoints":[]}']]),
  'meta-more': tar([
    ['meta.json', '{"Name":"q","Metadata":{"X":1},"Endpoints":{"docker":{"Host":"h","Foo":1}},"Junk":1}'],
  ]),
  'meta-twice': tar([
    ['meta.json', meta('a', 'unix:///a')],
    ['meta.json', meta('b', 'unix:///b')],
  ]),
  'too-large': tar([['meta.json', metaJson + ' '.repeat(11_000_000)]]),
}
const imported = [metaOf('new'), tlsOf('new', 'ca.pem'), tlsOf('new', 'key.pem'), 'evil', '.docker/evil']

const travels: ParityCase[] = [
  ...Object.entries(archives).map(
    ([name, text]): ParityCase => ({
      argv: ['context', 'import', 'new', `<dir>/${name}`],
      files: { [name]: text },
      outputs: imported,
      ...none,
    }),
  ),
  { argv: ['context', 'import', 'new', '-'], stdin: whole, outputs: imported, ...none },
  { argv: ['context', 'import', 'new', '-'], outputs: imported, ...none, note: 'nothing' },
  ...each(
    ['context', 'import'],
    [
      ['remote', '<dir>/whole'],
      ['default', '<dir>/whole'],
      ['a/b', '<dir>/whole'],
      ['x', '<dir>/whole'],
      ['', '<dir>/whole'],
      ['new', '<dir>/nowhere'],
      ['new', '<dir>'],
      ['new', ''],
      ['new'],
      [],
      ['new', 'a', 'b'],
      ['--nosuch', 'new', '<dir>/whole'],
    ],
    { files: { ...files, whole }, outputs: [...outputs, metaOf('new')], ...none, note: 'arguments' },
  ),
  ...each(
    ['context', 'export'],
    [
      ['nosuch'],
      ['a/b'],
      [''],
      [],
      ['remote', 'a', 'b'],
      ['remote', '<dir>/nowhere/x'],
      ['remote', '<dir>/there'],
      ['remote', '<dir>'],
      ['remote', ''],
      ['--kubeconfig', 'remote'],
      ['remote', '<dir>/there', '--nosuch'],
    ],
    { files: { ...files, there: 'x' }, outputs: ['there', 'cwd/nosuch.dockercontext'], ...none },
  ),
  ...each(
    ['context', 'export'],
    [['remote'], ['ctx10'], ['remote', 'file'], ['default', 'file'], ['remote', '-'], ['default', '-']],
    { files, outputs: ['cwd/remote.dockercontext', 'cwd/ctx10.dockercontext', 'cwd/file'], ...none, note: 'written' },
  ),
  ...['export', 'import'].map((verb): ParityCase => ({ argv: ['context', verb, '--help'], lenient: helpIsOurs })),
]

const cases: ParityCase[] = [
  ...each(['context', 'show'], [[], ['x'], ['--bogus'], ['-q']], { ...none, files }),
  { argv: ['context', 'show'], files, note: 'DOCKER_HOST' },
  { argv: ['context', 'show'], ...none, files, config: { currentContext: 'remote' }, note: 'configured' },
  { argv: ['context', 'show'], files, config: { currentContext: 'remote' }, note: 'configured, DOCKER_HOST' },
  { argv: ['context', 'show'], ...none, config: { currentContext: 'gone' }, note: 'the context is removed' },
  { argv: ['context', 'show'], files, env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'ssh' }, note: 'DOCKER_CONTEXT' },
  { argv: ['--context', 'ctx9', 'context', 'show'], files, ...none },
  { argv: ['-H', 'tcp://x:1', 'context', 'show'], files, ...none },
  ...['ls', 'list'].flatMap((verb) =>
    each(['context', verb], [[], ['-q'], ['--quiet']], { ...none, files, note: 'some' }),
  ),
  { argv: ['context', 'ls'], ...none, note: 'none' },
  { argv: ['context', 'ls'], files, note: 'DOCKER_HOST' },
  ...each(['context', 'ls'], [['-q'], ['--format', 'json'], ['--format', 'table'], ['--format', '{{.Bogus}}']], {
    files,
    note: 'DOCKER_HOST',
  }),
  { argv: ['--context', 'ctx9', 'context', 'ls'], files, note: 'DOCKER_HOST' },
  { argv: ['context', 'ls', '--format', '{{if .Current}}{{.Name}}{{end}}'], files, ...none },
  { argv: ['context', 'ls'], env: { DOCKER_HOST: '10.0.0.2' }, files, note: 'DOCKER_HOST without a scheme' },
  { argv: ['context', 'ls'], files, config: { currentContext: 'remote' }, ...none, note: 'configured' },
  { argv: ['context', 'ls'], files, config: { currentContext: 'remote' }, note: 'configured, DOCKER_HOST' },
  { argv: ['context', 'ls'], files, config: { currentContext: 'gone' }, ...none, note: 'the context is removed' },
  { argv: ['context', 'ls', '-q'], files, config: { currentContext: 'gone' }, ...none, note: 'the context is removed' },
  {
    argv: ['context', 'ls', '--format', 'json'],
    files,
    config: { currentContext: 'gone' },
    ...none,
    note: 'the context is removed',
  },
  { argv: ['--context', 'ctx9', 'context', 'ls'], files, ...none },
  { argv: ['-H', 'tcp://x:1', 'context', 'ls'], files, ...none },
  { argv: ['context', 'ls'], env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'ssh' }, files, note: 'DOCKER_CONTEXT' },
  ...FORMATS.map((format): ParityCase => ({ argv: ['context', 'ls', '--format', format], files, ...none })),
  { argv: ['context', 'ls', '-q', '--format', '{{.Name}}!'], files, ...none },
  { argv: ['context', 'ls'], files: { [metaOf('bad')]: '{bad' }, ...none, note: 'bad meta.json' },
  { argv: ['context', 'ls'], files: { [metaOf('empty')]: '{}' }, ...none, note: 'empty meta.json' },
  ...each(['context', 'ls'], [['x'], ['--bogus'], ['--format']], { files, ...none }),
  ...each(
    ['context', 'use'],
    [['remote'], ['default'], ['gone'], [''], ['a/b'], ['Remote'], [], ['a', 'b'], ['--bogus', 'a']],
    { files, outputs, ...none },
  ),
  { argv: ['context', 'use', 'ssh'], files, outputs, note: 'DOCKER_HOST' },
  {
    argv: ['context', 'use', 'default'],
    files,
    outputs,
    config: { currentContext: 'ssh', psFormat: 'x' },
    ...none,
    note: 'configured',
  },
  { argv: ['context', 'use', 'default'], files, outputs, config: { currentContext: 'ssh' }, note: 'DOCKER_HOST' },
  {
    argv: ['context', 'use', 'remote'],
    files,
    outputs,
    config: { psFormat: 'table', currentContext: 'ssh' },
    ...none,
    note: 'configured',
  },
  ...each(
    ['context', 'inspect'],
    [
      ['remote'],
      ['ssh', 'ctx10'],
      ['default'],
      [],
      ['gone'],
      ['remote', 'gone', 'ssh'],
      ['-f', '{{.Name}}', 'remote'],
      ['--format', '{{.Name}} {{.Endpoints.docker.Host}} {{.Metadata.Description}}', 'remote', 'ssh'],
      ['--format', '{{json .}}', 'ctx10'],
      ['--format', 'json', 'remote'],
      ['-f', '{{.Storage.MetadataPath}}', 'remote'],
      ['-f', '{{.TLSMaterial}}', 'remote'],
      ['-f', '{{.Bogus}}', 'remote'],
      ['-f', '{{', 'remote'],
      ['--bogus'],
    ],
    { files, ...none },
  ),
  { argv: ['context', 'inspect'], files, config: { currentContext: 'remote' }, ...none, note: 'configured' },
  { argv: ['context', 'inspect'], files, note: 'DOCKER_HOST' },
  ...['rm', 'remove'].flatMap((verb) =>
    each(
      ['context', verb],
      [
        ['remote'],
        ['remote', 'ssh'],
        ['gone'],
        ['remote', 'gone', 'ssh'],
        ['default'],
        ['-f', 'gone'],
        [''],
        [],
        ['-x', 'a'],
      ],
      { files, outputs, ...none },
    ),
  ),
  { argv: ['context', 'rm', 'remote'], files, outputs, config: { currentContext: 'remote' }, ...none, note: 'in use' },
  {
    argv: ['context', 'rm', 'remote', 'ssh'],
    files,
    outputs,
    config: { currentContext: 'remote' },
    ...none,
    note: 'in use',
  },
  {
    argv: ['context', 'rm', '-f', 'remote'],
    files,
    outputs,
    config: { currentContext: 'remote' },
    ...none,
    note: 'in use',
  },
  {
    argv: ['context', 'rm', '--force', 'remote'],
    files,
    outputs,
    config: { currentContext: 'remote' },
    note: 'in use, DOCKER_HOST',
  },
  ...each(
    ['context', 'create'],
    [
      ['new'],
      ['new', '--docker', 'host=tcp://10.1.1.1:2375'],
      ['--description', 'shiny', '--docker', 'host=unix:///x.sock', 'new'],
      ['--docker', 'host=ssh://me@there', 'new'],
      ['--docker', 'host=tcp://h:1,skip-tls-verify=true', 'new'],
      ['--docker', 'host=tcp://h:1,skip-tls-verify=maybe', 'new'],
      ['--docker', 'host=bogus://h', 'new'],
      ['--docker', 'bogus=x', 'new'],
      ['--docker', 'host', 'new'],
      ['--docker', '', 'new'],
      ['--docker', 'from=remote', 'new'],
      ['--docker', 'from=gone', 'new'],
      ['--from', 'remote', 'new'],
      ['--from', 'remote', '--description', 'other', 'new'],
      ['--from', 'default', 'new'],
      ['--from', 'gone', 'new'],
      ['--from', 'remote', '--docker', 'host=tcp://h:2', 'new'],
      ['remote'],
      ['default'],
      ['a b'],
      ['-a'],
      ['a/b'],
      [''],
      [],
      ['a', 'b'],
      ['--default-stack-orchestrator', 'swarm', 'new'],
    ],
    { files, outputs, ...none },
  ),
  { argv: ['context', 'create', 'new'], files, outputs, note: 'DOCKER_HOST' },
  {
    argv: ['context', 'create', 'new'],
    files,
    outputs: [...outputs, tlsOf('new', 'ca.pem'), tlsOf('new', 'cert.pem')],
    config: { currentContext: 'remote' },
    ...none,
    note: 'from the configured context',
  },
  ...each(
    ['context', 'create', 'new', '--docker'],
    [
      ['host=tcp://h:1,ca=<dir>/mine/ca,cert=<dir>/mine/cert,key=<dir>/mine/key'],
      ['host=tcp://h:1,ca=<dir>/mine/ca'],
      ['host=tcp://h:1,ca=<dir>/nowhere'],
      ['from=remote'],
      ['"host=tcp://h:1"'],
      ['host=tcp://h:1', '--docker', 'host=tcp://h:2,ca='],
    ],
    {
      files: { ...files, 'mine/ca': 'my CA', 'mine/cert': 'my cert', 'mine/key': 'my key' },
      outputs: [metaOf('new'), tlsOf('new', 'ca.pem'), tlsOf('new', 'cert.pem'), tlsOf('new', 'key.pem')],
      ...none,
      note: 'certificates',
    },
  ),
  ...each(
    ['context', 'update'],
    [
      ['remote', '--description', 'other'],
      ['remote', '--docker', 'host=tcp://10.2.2.2:2376'],
      ['remote', '--docker', 'host=tcp://h:1,skip-tls-verify=1'],
      ['remote', '--description', ''],
      ['remote'],
      ['gone', '--description', 'x'],
      ['default', '--description', 'x'],
      ['remote', '--docker', 'from=ssh'],
      ['remote', '--docker', 'bogus=x'],
      [],
    ],
    { files, outputs, ...none },
  ),
  ...['show', 'ls', 'use', 'inspect', 'rm', 'create', 'update'].map(
    (verb): ParityCase => ({ argv: ['context', verb, '--help'], lenient: helpIsOurs }),
  ),
]

export const contexts: ParityGroup = { name: 'contexts', cases: [...cases, ...travels] }
