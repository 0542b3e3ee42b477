import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, type FileContent, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { badUsage, oddNames, responses } from '../container/stop-kill-rm.ts'
import { auths, DIGEST } from '../registry/credentials.ts'

/** A plugin as `GET /plugins/NAME/json` returns it, with a field that docker does not know. */
const plugin = {
  Id: 'f41e60d4d2e0e4ba5e1ae1b9ad1a3a4eeb0ab4e7cba4f4be0dd7a7e5ac3ee0ca',
  Name: 'vieux/sshfs:latest',
  Enabled: true,
  PluginReference: 'docker.io/vieux/sshfs:latest',
  Settings: { Mounts: [], Env: ['DEBUG=0'], Args: [], Devices: null },
  Config: {
    DockerVersion: '18.05.0-ce-rc1',
    Description: 'sshFS plugin for Docker',
    Documentation: 'https://docs.docker.com/engine/extend/plugins/',
    Interface: { Types: ['docker.volumedriver/1.0'], Socket: 'sshfs.sock' },
    Entrypoint: ['/docker-volume-sshfs'],
    WorkDir: '',
    User: {},
    Network: { Type: 'host' },
    Linux: { Capabilities: ['CAP_SYS_ADMIN'], AllowAllDevices: false, Devices: [{ Name: 'fuse', Path: '/dev/fuse' }] },
    Mounts: [{ Name: 'keys', Description: '<keys>', Settable: ['source'], Source: '/root/.ssh', Type: 'bind' }],
    Env: [{ Name: 'DEBUG', Description: '', Settable: ['value'], Value: '0' }],
    Args: { Name: '', Description: '', Settable: null, Value: null },
  },
  Extra: 1,
}

const disabled = {
  ...plugin,
  Id: '0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9',
  Name: 'example.com/team/greeter:1.0',
  Enabled: false,
  PluginReference: 'example.com/team/greeter:1.0',
}

const listed: Replies = {
  'GET /plugins': json([
    {
      ...disabled,
      Name: 'volume10:latest',
      Config: { Description: 'a description that is longer than the column is wide' },
    },
    { ...disabled, Name: 'volume9:latest', Config: { Description: 'two\r\nlines' } },
    { Id: 'short', Name: '', Config: null },
    plugin,
    disabled,
  ]),
}

const formats = [
  '',
  'table',
  'raw',
  'json',
  'pretty',
  '{{json .}}',
  '{{.ID}} {{.Name}} {{.Description}} {{.Enabled}} {{.PluginReference}}',
  'table {{.Name}}\\t{{.PluginReference}}\\t{{.Enabled}}',
  'table {{.ID}}\t{{.Description}}',
  '{{if .Enabled}}{{.Name}}{{end}}',
  '{{.}}',
  '{{.Id}}',
  '{{.Label "x"}}',
  '{{.Bogus}}',
  'table {{.Bogus}}',
  '{{',
]

const lsCases: ParityCase[] = [
  ...each(
    ['plugin', 'ls'],
    [
      [],
      ['-q'],
      ['--quiet', '--no-trunc'],
      ['--no-trunc'],
      ...formats.map((format) => ['--format', format]),
      ['--format', 'raw', '-q'],
      ['-q', '--format', '{{.Name}}'],
      ['--no-trunc', '--format', 'json'],
      ['-f', 'enabled=true'],
      ['--filter', 'enabled=false', '--filter', 'capability=volumedriver', '-f', 'capability=logdriver'],
      ['--filter', 'Enabled=true'],
      ['--filter', 'bogus'],
      ['--filter', ''],
      ['extra'],
      ['--bogus'],
      ['-f'],
      ['-a'],
    ],
    { replies: listed },
  ),
  ...each(['plugin', 'list'], [[], ['-q']], { replies: listed, note: 'alias' }),
  ...['{{.Name}}', 'table {{.Name}}', 'raw', 'json', '{{.Bogus}}', '{{'].map(
    (format): ParityCase => ({
      argv: ['plugin', 'ls'],
      config: { pluginsFormat: format },
      replies: listed,
      note: `pluginsFormat ${format}`,
    }),
  ),
  { argv: ['plugin', 'ls', '-q'], config: { pluginsFormat: '{{.Name}}' }, replies: listed, note: 'pluginsFormat' },
  ...Object.entries({
    empty: json([]),
    null: json(null),
    'an object': json({}),
    'a text among them': json([plugin, 'x']),
    'a name of a wrong type': json([{ ...plugin, Name: 1 }]),
    'a description of a wrong type': json([{ ...plugin, Config: { Description: [] } }]),
    refused: failure(400, "invalid filter 'bogus'"),
    'no body': noContent,
    'not found': failure(404, 'page not found'),
  }).map(([note, reply]): ParityCase => ({ argv: ['plugin', 'ls'], replies: { 'GET /plugins': reply }, note })),
  { argv: ['plugin', 'ls'], daemon: 'none', note: 'no daemon' },
  { argv: ['plugin', 'ls'], apiVersion: '1.24', replies: listed, note: 'daemon 1.24' },
]

const found: Replies = {
  'GET /plugins/sshfs/json': json(plugin),
  'GET /plugins/vieux/sshfs:latest/json': json(plugin),
  'GET /plugins/greeter/json': json(disabled),
  'GET /plugins/empty/json': json({ Id: 'e', Name: 'empty:latest', Config: {}, Settings: {} }),
  'GET /plugins/*': failure(404, 'plugin "x" not found'),
}

const inspectCases: ParityCase[] = [
  ...each(
    ['plugin', 'inspect'],
    [
      ['sshfs'],
      ['vieux/sshfs:latest'],
      ['empty'],
      ['sshfs', 'gone', 'greeter'],
      ['gone', 'lost'],
      ['-f', 'json', 'sshfs', 'greeter'],
      ['-f', '{{json .}}', 'sshfs'],
      ['-f', '{{json .Config}}', 'empty'],
      ['--format', '{{.Id}} {{.Name}}', 'sshfs'],
      ['-f', '{{.ID}} {{.Name}} {{.Enabled}} {{.PluginReference}}', 'sshfs', 'greeter'],
      ['-f', '{{.Settings.Env}} {{.Settings.Mounts}} {{.Settings.Devices}}', 'sshfs'],
      ['-f', '{{.Config.Interface.Types}} {{.Config.Interface.Socket}}', 'sshfs'],
      ['-f', '{{json .Config.Interface}}', 'sshfs'],
      ['-f', '{{range .Config.Interface.Types}}{{.Prefix}} {{.Capability}} {{.Version}} {{.}}{{end}}', 'sshfs'],
      ['-f', '{{.Config.Network.Type}} {{.Config.Linux.Capabilities}}', 'sshfs'],
      ['-f', '{{range .Config.Env}}{{.Name}}={{.Value}} {{.Settable}}{{end}}', 'sshfs'],
      ['-f', '{{range .Config.Mounts}}{{.Source}} {{.Description}}{{end}}', 'sshfs'],
      ['-f', '{{.Extra}}', 'sshfs'],
      ['-f', '{{.Bogus}}', 'sshfs', 'greeter'],
      ['-f', '{{', 'sshfs'],
      [''],
      [' '],
      ['-s', 'sshfs'],
      ...badUsage,
    ],
    { replies: found },
  ),
  { argv: ['plugin', 'inspect', 'sshfs'], daemon: 'none', note: 'no daemon' },
  { argv: ['plugin', 'inspect', 'sshfs'], apiVersion: '1.24', replies: found, note: 'daemon 1.24' },
  ...responses(['plugin', 'inspect'], 'GET', '/plugins/a/json'),
]

const changing: Replies = {
  'POST /plugins/gone/*': failure(404, 'plugin "gone" not found'),
  'POST /plugins/on/enable': failure(409, 'plugin on:latest is already enabled'),
  'POST /plugins/busy/disable': failure(409, 'plugin busy:latest is in use'),
  'POST /plugins/on/set': failure(409, 'cannot set on an active plugin, disable plugin before setting'),
  'POST /plugins/bad/set': failure(500, '"x" is not settable'),
  'POST /plugins/*': { status: 200 },
  'DELETE /plugins/gone': failure(404, 'plugin "gone" not found'),
  'DELETE /plugins/on': failure(409, 'plugin on:latest is enabled - disable plugin before removing'),
  'DELETE /plugins/*': json(plugin),
}

const verbCases: ParityCase[] = [
  ...each(
    ['plugin', 'enable'],
    [
      ['a'],
      ['vieux/sshfs:1'],
      ['--timeout', '0', 'a'],
      ['--timeout=5', 'a'],
      ['a', '--timeout', '120'],
      ['--timeout', '-1', 'a'],
      ['--timeout', '9223372036854775807', 'a'],
      ['--timeout', '1s', 'a'],
      ['--timeout', '', 'a'],
      ['--timeout'],
      ['gone'],
      ['on'],
      ['a', 'b'],
      ...badUsage,
    ],
    { replies: changing },
  ),
  ...each(
    ['plugin', 'disable'],
    [
      ['a'],
      ['-f', 'a'],
      ['a', '--force'],
      ['--force=false', 'a'],
      ['--force=x', 'a'],
      ['gone'],
      ['busy'],
      ['a', 'b'],
      ...badUsage,
    ],
    { replies: changing },
  ),
  ...['rm', 'remove'].flatMap((verb) =>
    each(
      ['plugin', verb],
      [
        ['a'],
        ['a', 'b'],
        ['-f', 'a'],
        ['a', 'gone', 'b', 'on'],
        ['gone', 'on'],
        ['a', 'a'],
        ['a', '--force'],
        ...badUsage,
      ],
      { replies: changing },
    ),
  ),
  ...each(
    ['plugin', 'set'],
    [
      ['a', 'DEBUG=1'],
      ['a', 'DEBUG=1', 'mount.source=/x y', 'flag', ''],
      ['vieux/sshfs', 'A=<b>'],
      ['a', '-x'],
      ['a', '--', '-x'],
      ['a'],
      ['gone', 'A=b'],
      ['on', 'A=b'],
      ['bad', 'x=1'],
      ['', 'A=b'],
      ...badUsage,
    ],
    { replies: changing },
  ),
  ...['enable', 'disable', 'rm'].flatMap((verb) =>
    each(['plugin', verb], oddNames, { replies: changing, note: 'odd names' }),
  ),
  ...responses(['plugin', 'enable'], 'POST', '/plugins/a/enable'),
  ...responses(['plugin', 'disable'], 'POST', '/plugins/a/disable'),
  ...responses(['plugin', 'rm'], 'DELETE', '/plugins/a'),
  ...['enable', 'disable', 'rm', 'push', 'install', 'upgrade'].flatMap((verb): ParityCase[] => [
    { argv: ['plugin', verb, 'a'], daemon: 'none', note: 'no daemon' },
    { argv: ['plugin', verb, 'a'], apiVersion: '1.24', replies: changing, note: 'daemon 1.24' },
  ]),
  { argv: ['plugin', 'upgrade', 'a'], apiVersion: '1.25', replies: changing, note: 'daemon 1.25' },
  { argv: ['plugin', 'set', 'a', 'A=b'], daemon: 'none', note: 'no daemon' },
  ...each(['plugin'], [[], ['--help'], ['-h'], ['bogus'], ['isntall', 'x']], { lenient: helpIsOurs }),
  ...['create', 'disable', 'enable', 'inspect', 'install', 'ls', 'push', 'rm', 'set', 'upgrade'].map(
    (verb): ParityCase => ({ argv: ['plugin', verb, '--help'], lenient: helpIsOurs }),
  ),
]

const privileges = [
  { Name: 'network', Description: 'permissions to access a network', Value: ['host'] },
  { Name: 'mount', Description: 'host path to mount', Value: ['/var/lib', '/a b'] },
  { Name: 'capabilities', Value: null, Extra: true },
]
const progress = {
  headers: { 'Docker-Plugin-Name': 'vieux/sshfs:latest', 'Content-Type': 'application/json' },
  lines: [
    { status: 'Pulling fs layer', progressDetail: {}, id: 'aaaaaaaaaaaa' },
    { status: 'Downloading', progressDetail: { current: 5, total: 20 }, progress: '[=> ]', id: 'aaaaaaaaaaaa' },
    { status: 'Download complete', progressDetail: {}, id: 'aaaaaaaaaaaa' },
    { status: `Digest: ${DIGEST}` },
    { status: 'Status: Downloaded newer image for vieux/sshfs:latest' },
  ],
}
const remote: Replies = {
  'GET /plugins/privileges': json(privileges),
  'POST /plugins/pull': progress,
  'POST /plugins/*/upgrade': progress,
  'POST /plugins/*': { status: 200 },
  'GET /plugins/sshfs/json': json({ ...plugin, Enabled: false }),
  ...found,
}
const unprivileged: Replies = { ...remote, 'GET /plugins/privileges': json([]) }

const installCases: ParityCase[] = [
  ...each(
    ['plugin', 'install'],
    [
      ['vieux/sshfs'],
      ['vieux/sshfs:1'],
      ['sshfs'],
      ['localhost:5000/a'],
      [`vieux/sshfs@${DIGEST}`],
      [`vieux/sshfs:1@${DIGEST}`],
      ['--disable', 'a'],
      ['--alias', 'b', 'a'],
      ['--alias', 'example.com/b:2', 'a'],
      ['--alias', `b@${DIGEST}`, 'a'],
      ['--alias', 'UPPER', 'a'],
      ['--alias', '', 'a'],
      ['a', 'DEBUG=1'],
      ['a', '--disable', 'DEBUG=1', 'X=<y>', ''],
      ['a', '--', '--x'],
      ['--disable-content-trust', 'a'],
      ['UPPER'],
      ['a b'],
      [''],
      ['a:'],
      ['--alias'],
      ...badUsage,
    ],
    { replies: unprivileged },
  ),
  ...['', 'y\n', 'Y\n', 'yes\n', 'n\n', '\n', 'y', ' y \n'].map(
    (stdin): ParityCase => ({
      argv: ['plugin', 'install', 'a:1'],
      stdin,
      replies: remote,
      note: JSON.stringify(stdin),
    }),
  ),
  ...each(
    ['plugin', 'install', '--grant-all-permissions'],
    [['a'], ['a', 'A=b'], ['--disable', 'a'], ['--alias', 'b', 'a', 'A=b'], [`a@${DIGEST}`]],
    { replies: remote },
  ),
  { argv: ['plugin', 'install', '--grant-all-permissions=false', 'a'], stdin: 'y\n', replies: remote },
  { argv: ['plugin', 'install', 'a"b'], replies: remote },
  ...each(
    ['plugin', 'install', '--grant-all-permissions'],
    [['a'], ['docker.io/x/y'], ['example.com/a'], ['token.example.com/a'], ['other.example.com/a']],
    { replies: remote, config: auths, note: 'credentials' },
  ),
  ...Object.entries({
    null: json(null),
    'an object': json({}),
    'a text': json(['x']),
    'a value of a wrong type': json([{ Name: 'x', Value: 'y' }]),
    refused: failure(500, 'target is image but a plugin was requested'),
    'no such plugin': failure(404, 'pull access denied for a, repository does not exist'),
    'no body': noContent,
  }).map(
    ([note, reply]): ParityCase => ({
      argv: ['plugin', 'install', '--grant-all-permissions', 'a'],
      replies: { ...remote, 'GET /plugins/privileges': reply },
      note: `privileges: ${note}`,
    }),
  ),
  ...Object.entries({
    refused: { 'POST /plugins/pull': failure(409, 'plugin vieux/sshfs:latest already exists') },
    'an image': { 'POST /plugins/pull': failure(500, 'Encountered remote "x"(image) when fetching') },
    'without a name': { 'POST /plugins/pull': { lines: progress.lines } },
    'without messages': { 'POST /plugins/pull': { headers: progress.headers } },
    'set fails': { 'POST /plugins/vieux/sshfs:latest/set': failure(500, 'setting "A" not found') },
    'enable fails': { 'POST /plugins/vieux/sshfs:latest/enable': failure(500, 'dial unix /run/x.sock: no such file') },
  } satisfies Record<string, Replies>).map(
    ([note, replies]): ParityCase => ({
      argv: ['plugin', 'install', '--grant-all-permissions', 'a', 'A=b'],
      replies: { ...replies, ...remote, ...replies },
      note,
    }),
  ),
  {
    argv: ['plugin', 'install', '--grant-all-permissions', '--disable', 'a'],
    replies: {
      ...remote,
      'POST /plugins/pull': {
        ...progress,
        lines: [{ errorDetail: { message: 'out of space' }, error: 'out of space' }],
      },
    },
    note: 'the download fails',
  },
  {
    argv: ['plugin', 'install', 'a'],
    replies: { ...unprivileged, 'POST /plugins/pull': { headers: progress.headers, chunks: ['oops'] } },
    lenient: { wire: { compare: 'ignored', because: 'docker enables the plugin while it prints the error, or not' } },
    note: 'messages that are not JSON',
  },
]

const upgradeCases: ParityCase[] = [
  ...each(
    ['plugin', 'upgrade'],
    [
      ['greeter'],
      ['greeter', 'example.com/team/greeter:1.0'],
      ['greeter', 'UPPER'],
      ['greeter', ''],
      ['greeter', 'other', '--skip-remote-check'],
      ['--skip-remote-check', 'greeter', `other@${DIGEST}`],
      ['--disable-content-trust', 'greeter'],
      ['empty'],
      ['empty', 'a'],
      ['gone'],
      ['vieux/sshfs:latest'],
      ['greeter', 'a', 'b'],
      ['', 'a'],
      ...badUsage,
    ],
    { replies: unprivileged },
  ),
  ...each(
    ['plugin', 'upgrade', '--grant-all-permissions'],
    [['greeter'], ['greeter', 'other', '--skip-remote-check']],
    {
      replies: remote,
    },
  ),
  ...['', 'y\n', 'n\n', 'y\ny\n', 'y\nn\n'].map(
    (stdin): ParityCase => ({
      argv: ['plugin', 'upgrade', 'greeter', 'other:2'],
      stdin,
      replies: unprivileged,
      note: JSON.stringify(stdin),
    }),
  ),
  ...['', 'y\n', 'n\n'].map(
    (stdin): ParityCase => ({
      argv: ['plugin', 'upgrade', 'greeter'],
      stdin,
      replies: remote,
      note: JSON.stringify(stdin),
    }),
  ),
  ...Object.entries({
    'target is image': failure(500, 'target is image but a plugin was requested'),
    'already exists': failure(409, 'plugin already exists'),
    'the download fails': { lines: [{ errorDetail: { message: 'out of space' }, error: 'out of space' }] },
  }).map(
    ([note, reply]): ParityCase => ({
      argv: ['plugin', 'upgrade', 'greeter'],
      replies: { ...unprivileged, 'POST /plugins/example.com/team/greeter:1.0/upgrade': reply },
      note,
    }),
  ),
]

const pushing: Replies = {
  'POST /plugins/gone:latest/push': failure(404, 'plugin "gone" not found'),
  'POST /plugins/denied:latest/push': { lines: [{ errorDetail: { message: 'denied' }, error: 'denied' }] },
  'POST /plugins/*': {
    lines: [
      { status: 'The push refers to repository [docker.io/vieux/sshfs]' },
      { status: 'Preparing', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: 'Pushing', progressDetail: { current: 5, total: 20 }, progress: '[=> ]', id: 'aaaaaaaaaaaa' },
      { status: 'Pushed', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: `latest: digest: ${DIGEST} size: 120` },
      { progressDetail: {}, aux: { Tag: 'latest', Digest: DIGEST, Size: 120 } },
    ],
  },
}

const pushCases: ParityCase[] = [
  ...each(
    ['plugin', 'push'],
    [
      ['vieux/sshfs'],
      ['sshfs:1'],
      ['localhost:5000/a'],
      [`a@${DIGEST}`],
      [`a:1@${DIGEST}`],
      ['--disable-content-trust', 'a'],
      ['gone'],
      ['denied'],
      ['UPPER'],
      [''],
      ['a', 'b'],
      ...badUsage,
    ],
    { replies: pushing },
  ),
  ...each(['plugin', 'push'], [['a'], ['example.com/a'], ['token.example.com/a']], {
    replies: pushing,
    config: auths,
    note: 'credentials',
  }),
]

const CONFIG = JSON.stringify({ description: 'A greeter', entrypoint: ['/greeter'], network: { type: 'none' } })
/** The directory `cwd/d` with a plugin. */
function pluginFiles(config: FileContent, more: Readonly<Record<string, FileContent>> = {}) {
  const files: Record<string, FileContent> = {
    'cwd/d/config.json': config,
    'cwd/d/rootfs/bin/greeter': { text: '#!/bin/sh\n', mode: 0o755 },
    'cwd/d/rootfs/etc': 'directory',
    'cwd/d/rootfs/sh': { link: 'bin/greeter' },
    ...more,
  }
  return files
}
const created: Replies = {
  'POST /plugins/create': noContent,
}

const createCases: ParityCase[] = [
  ...each(
    ['plugin', 'create'],
    [
      ['greeter', 'd'],
      ['example.com/team/greeter:1.0', './d/'],
      ['--compress', 'greeter', 'd'],
      ['greeter', 'd', '--compress=false'],
      ['greeter', 'd', 'more', 'words'],
      ['greeter', '<dir>/cwd/d'],
      ['greeter', '.'],
      ['greeter', ''],
      ['greeter', 'gone'],
      ['greeter', 'link'],
      ['greeter', 'd/config.json'],
      ['greeter', 'd/rootfs'],
      ['UPPER', 'd'],
      ['', 'd'],
      [`greeter@${DIGEST}`, 'd'],
      ['greeter'],
      [],
      ['--bogus', 'greeter', 'd'],
    ],
    { files: pluginFiles(CONFIG, { 'cwd/link': { link: 'd' }, 'cwd/d/.dockerignore': 'rootfs\n' }), replies: created },
  ),
  ...Object.entries({
    'no config.json': 'directory' as const,
    'empty config.json': '',
    'config.json is no JSON': 'x',
    'config.json ends early': '{"description": 1',
    'config.json is null': 'null',
    'config.json is a list': '[]',
    'config.json is a text': '"x"',
    'config.json with more behind': '{} x',
    'description is a number': '{"description": 1}',
    'Description is a list': '{"Description": []}',
    'entrypoint is a text': '{"entrypoint": "/x"}',
    'env is an object': '{"env": {}}',
    'env has a number': '{"env": [{"Name": 1}]}',
    'unknown fields': '{"bogus": {"x": 1}}',
    'a user': '{"User": {"UID": -1}}',
  }).map(
    ([note, config]): ParityCase => ({
      argv: ['plugin', 'create', 'greeter', 'd'],
      files: pluginFiles(config),
      replies: created,
      note,
    }),
  ),
  ...Object.entries({
    refused: failure(500, 'rootfs not found'),
    conflict: failure(409, 'plugin "greeter:latest" already exists'),
  }).map(
    ([note, reply]): ParityCase => ({
      argv: ['plugin', 'create', 'greeter', 'd'],
      files: pluginFiles(CONFIG),
      replies: { 'POST /plugins/create': reply },
      note,
    }),
  ),
  { argv: ['plugin', 'create', 'greeter', 'd'], files: pluginFiles(CONFIG), daemon: 'none', note: 'no daemon' },
]

const completionCases = each(
  ['__completeNoDesc', 'plugin'],
  [
    [''],
    ['in'],
    ['ls', ''],
    ['ls', '--'],
    ['install', ''],
    ['install', '--'],
    ['install', '--alias', ''],
    ['upgrade', '--'],
    ['create', ''],
    ['enable', ''],
    ['disable', ''],
    ['inspect', ''],
    ['push', ''],
    ['rm', ''],
    ['set', ''],
    ['upgrade', ''],
    ['enable', '--timeout', ''],
    ['ls', '--filter', ''],
  ],
  { replies: listed },
)

/** The engine's own plugins. */
export const enginePlugins: ParityGroup = {
  name: 'plugin',
  cases: [
    ...lsCases,
    ...inspectCases,
    ...verbCases,
    ...installCases,
    ...upgradeCases,
    ...pushCases,
    ...createCases,
    ...completionCases,
  ],
}
