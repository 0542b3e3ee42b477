import { failure, json, noContent, type Replies, timeAgo } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { outside } from './nodes.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Returns a secret or config with a value in every field and a field that docker does not know. */
const full = (kind: 'secret' | 'config') => ({
  ID: 'k3wt6ezyy0b5aq8m1n2o3p4q5',
  Version: { Index: 11 },
  CreatedAt: '2025-01-02T03:04:05.123456789Z',
  UpdatedAt: '2025-01-03T03:04:05Z',
  Spec: {
    Name: 'shop10',
    Labels: { tier: '<web>', env: 'live', bare: '' },
    ...(kind === 'secret' ? { Driver: { Name: 'vault', Options: { a: 'b' } } } : { Data: base64('a: <b>\nc: ü\n') }),
    Templating: { Name: 'golang', Options: {} },
  },
  UnknownNewField: 1,
})
const more = (kind: 'secret' | 'config') => [
  { ...full(kind), CreatedAt: timeAgo(3.5, 'd'), UpdatedAt: timeAgo(130, 'm') },
  {
    ID: 'short',
    CreatedAt: timeAgo(90, 's'),
    UpdatedAt: timeAgo(90, 's'),
    Spec: { Name: 'shop9', Labels: null, Driver: null },
  },
  {
    ID: 'c'.repeat(25),
    CreatedAt: '1700-01-01T00:00:00Z',
    UpdatedAt: timeAgo(75, 'm'),
    Spec: { Name: '漢字', Labels: { a: '1' } },
  },
]

function cases(kind: 'secret' | 'config'): ParityCase[] {
  const path = `/${kind}s`
  const listed: Replies = { [`GET ${path}`]: json(more(kind)) }
  const world: Replies = {
    [`GET ${path}/gone`]: failure(404, `${kind} gone not found`),
    [`GET ${path}/bare`]: json({ ID: 'b4re', Spec: { Name: 'bare', Labels: {} } }),
    [`GET ${path}/*`]: json(full(kind)),
    [`POST ${path}/create`]: json({ ID: 'made1234' }, 201),
    [`DELETE ${path}/gone`]: failure(404, `${kind} gone not found`),
    [`DELETE ${path}/busy`]: failure(400, `rpc error: code = InvalidArgument desc = ${kind} 'busy' is in use`),
    [`DELETE ${path}/*`]: noContent,
  }
  const files = {
    'a.txt': 'topsecret\n',
    empty: '',
    directory: 'directory' as const,
    bytes: new Uint8Array([0, 255, 128, 10]),
  }
  const list = each(
    [kind, 'ls'],
    [
      [],
      ['-q'],
      ['--filter', 'name=shop', '-f', 'label=a=1'],
      ['-f', 'bad'],
      ['--format', 'table'],
      ['--format', 'table', '-q'],
      ['--format', 'json'],
      ['--format', 'pretty'],
      ['--format', 'raw'],
      ['--format', '{{.ID}} {{.Name}} {{.CreatedAt}} {{.UpdatedAt}}'],
      ['--format', '{{.Driver}}'],
      ['--format', '{{.Label "a"}}|{{.Label "nope"}}'],
      ['--format', 'table {{.Name}}\\t{{.Labels}}\\t{{.UpdatedAt}}'],
      ['--format', '{{.Name | upper}}', '-q'],
      ['--format', '{{.Nope}}'],
      ['--format', '{{'],
      ['extra'],
      ['--no-trunc'],
    ],
    {
      replies: listed,
    },
  ).map((one) =>
    one.argv.includes('json')
      ? { ...one, replies: { [`GET ${path}`]: json(more(kind).slice(1)) } }
      : one.argv.includes('table {{.Name}}\\t{{.Labels}}\\t{{.UpdatedAt}}')
        ? { ...one, replies: { [`GET ${path}`]: json(more(kind).slice(1)) } }
        : one,
  )
  const key = `${kind}Format`
  return [
    ...list,
    { argv: [kind, 'list'], replies: listed },
    { argv: [kind, 'ls'], note: key, config: { [key]: '{{.Name}}' }, replies: listed },
    { argv: [kind, 'ls', '-q'], note: key, config: { [key]: '{{.Name}}' }, replies: listed },
    { argv: [kind, 'ls'], note: 'none', replies: { [`GET ${path}`]: json([]) } },
    { argv: [kind, 'ls'], note: 'outside of a swarm', replies: outside },
    { argv: [kind, 'ls'], note: 'an old daemon', apiVersion: '1.24', replies: listed },
    { argv: [kind, 'ls'], note: 'no daemon', daemon: 'none' },
    ...each(
      [kind, 'inspect'],
      [
        ['shop10'],
        ['shop10', 'bare'],
        ['gone'],
        ['shop10', 'gone', 'bare'],
        ['--pretty', 'shop10'],
        ['--pretty', 'shop10', 'bare'],
        ['--pretty', 'shop10', 'gone'],
        ['--pretty', '--format', 'json', 'bare'],
        ['--format', 'pretty', 'shop10'],
        ['--format', 'pretty {{.ID}}', 'shop10'],
        ['-f', 'json', 'shop10', 'bare'],
        ['-f', '{{.ID}} {{.Spec.Name}} {{.Version.Index}}', 'shop10'],
        ['-f', '{{.Spec.Data}}', 'shop10'],
        ['-f', '{{printf "%s" .Spec.Data}}', 'shop10'],
        ['-f', '{{.Spec.Labels}} {{.Spec.Templating.Name}}', 'shop10'],
        ['-f', '{{.CreatedAt}} {{.UnknownNewField}}', 'shop10'],
        ['-f', '{{.Nope}}', 'shop10'],
        ['-f', 'table', 'shop10'],
        ['-f', '{{', 'shop10'],
        [''],
        [],
      ],
      { replies: world },
    ),
    { argv: [kind, 'inspect', 'shop10'], note: 'outside of a swarm', replies: outside },
    ...each(
      [kind, 'create'],
      [
        ['shop', 'a.txt'],
        ['shop', '<dir>/cwd/a.txt'],
        ['shop', '-l', 'a=b', '--label', 'c', '-l', 'a=d', 'a.txt'],
        ['shop', 'a.txt', '-l', ' =x'],
        ['shop', '--template-driver', 'golang', 'a.txt'],
        ['shop', 'bytes'],
        ['shop', 'empty'],
        ['shop', 'directory'],
        ['shop', 'nope'],
        ['shop', ''],
        ['shop'],
        ['shop', 'a.txt', 'more'],
        ['', 'a.txt'],
        [],
        ['-d', 'vault', 'shop'],
        ['-d', 'vault', 'shop', 'a.txt'],
        ['-d', 'vault', 'shop', '-'],
        ['-d', '', 'shop', 'a.txt'],
      ],
      { replies: world, files: Object.fromEntries(Object.entries(files).map(([name, what]) => [`cwd/${name}`, what])) },
    ),
    { argv: [kind, 'create', 'shop', '-'], stdin: 'from stdin', replies: world },
    { argv: [kind, 'create', 'shop', '-'], note: 'empty stdin', replies: world },
    { argv: [kind, 'create', 'shop', '-'], note: 'large', stdin: 'x'.repeat(70_000), replies: world },
    {
      argv: [kind, 'create', 'shop', '-'],
      note: 'the name is in use',
      stdin: 'x',
      replies: {
        [`POST ${path}/create`]: failure(409, `rpc error: code = AlreadyExists desc = ${kind} shop already exists`),
      },
    },
    { argv: [kind, 'create', 'shop', '-'], note: 'outside of a swarm', stdin: 'x', replies: outside },
    {
      argv: [kind, 'create', '--template-driver', 'golang', 'shop', '-'],
      note: 'an old daemon',
      apiVersion: '1.36',
      stdin: 'x',
      replies: world,
    },
    { argv: [kind, 'create', 'shop', '-'], note: 'a very old daemon', apiVersion: '1.24', stdin: 'x', replies: world },
    ...each([kind, 'rm'], [['shop'], ['a', 'gone', 'b', 'busy'], ['gone'], [''], [], ['-f', 'a']], { replies: world }),
    { argv: [kind, 'remove', 'shop'], replies: world },
    { argv: [kind, 'rm', 'shop'], note: 'outside of a swarm', replies: outside },
    ...['ls', 'rm', 'create', 'inspect'].map((verb) => ({ argv: [kind, verb, '--help'], lenient: helpIsOurs })),
  ]
}

export const secrets: ParityGroup = { name: 'secret', cases: cases('secret') }
export const configs: ParityGroup = { name: 'config', cases: cases('config') }
