import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { agedImages, image, manyImages, multiPlatformImages } from './image-data.ts'

const list = (images: readonly unknown[]): Replies => ({ 'GET /images/json': json(images) })
const none = list([])
const longNames = image({ RepoTags: [`registry.example.com/${'long/'.repeat(14)}name:latest`, 'short:1'] })
const one = list([image({ Labels: { tier: 'web' } })])
const many = list(manyImages)

const flagForms: ParityCase[] = each(
  ['images'],
  [
    [],
    ['-a'],
    ['--all'],
    ['--all=true'],
    ['--all=false'],
    ['-a', '--all=false'],
    ['-q'],
    ['--quiet'],
    ['--digests'],
    ['--digests=false'],
    ['--no-trunc'],
    ['-aq'],
    ['-qa'],
    ['-aq', '--no-trunc'],
    ['--digests', '-q'],
    ['--digests', '--no-trunc'],
    ['nginx'],
    ['nginx:1.27'],
    ['nginx', '-q'],
    ['-q', 'nginx'],
    ['--', 'nginx'],
    ['--', '-q'],
    ['-a', '--'],
    ['registry.example.com:5000/a/b:c'],
    ['nginx@sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1'],
    ['a b'],
    ['*/*:1.*'],
    ['é'],
    ['a&b=c'],
    [''],
  ],
  { replies: one },
)

const names: ParityCase[] = [
  ...each(['image', 'ls'], [[], ['-a', '-q'], ['nginx'], ['--bogus'], ['a', 'b']], { replies: one }),
  ...each(['image', 'list'], [[], ['-a', '-q'], ['nginx'], ['--bogus'], ['a', 'b']], { replies: one }),
]

const filters: ParityCase[] = each(
  ['images'],
  [
    ['-f', 'dangling=true'],
    ['-fdangling=true'],
    ['--filter=dangling=false', '-q'],
    ['--filter', 'dangling=1', '-a'],
    ['-f', 'label=a=b', '-f', 'label=c'],
    ['-f', 'before=x', '-f', 'since=y'],
    ['-f', 'reference=nginx*', 'nginx'],
    ['-f', 'reference=a', '-f', 'reference=b'],
    ['-f', 'until=24h'],
    ['-f', 'bogus=1'],
    ['-f', 'Dangling = true '],
    ['-f', 'dangling'],
    ['-f', ''],
    ['-f', 'name=<&>'],
    ['-f'],
    ['--filter'],
  ],
  { replies: none },
)

const invalid: ParityCase[] = [
  ...each(
    ['images'],
    [
      ['a', 'b'],
      ['a', 'b', 'c', '-q'],
      ['--bogus'],
      ['-x'],
      ['-ax'],
      ['--all=maybe'],
      ['-q=2'],
      ['--digests=x'],
      ['--format'],
      ['--tree=x'],
      ['--no-trunc=x'],
      ['--no-truncate'],
      ['--size'],
      ['-n', '3'],
    ],
    { replies: one },
  ),
  ...each(['images'], [['--help'], ['-h'], ['-a', '--help'], ['--help', 'a', 'b']], {
    replies: one,
    lenient: helpIsOurs,
  }),
]

const listing: ParityCase[] = [
  ...each(
    ['images'],
    [
      [],
      ['-a'],
      ['--no-trunc'],
      ['--digests'],
      ['--digests', '--no-trunc'],
      ['-q'],
      ['-q', '--no-trunc'],
      ['--format', 'json'],
      ['--format', 'json', '--digests'],
      ['--format', 'raw'],
      ['--format', 'raw', '--digests'],
      ['--format', 'raw', '-q'],
      ['--format', '{{.Repository}}:{{.Tag}}@{{.Digest}}'],
      ['--format', '{{.ID}} {{.Size}} {{.VirtualSize}} {{.SharedSize}} {{.UniqueSize}} {{.Containers}}'],
      ['--format', 'table {{.Repository}}\t{{.Digest}}'],
      ['--format', 'table {{.ID}}\t{{.CreatedSince}}', '--no-trunc'],
    ],
    { replies: many, note: 'many images' },
  ),
  ...each(['images'], [[], ['--format', '{{.CreatedSince}}']], { replies: list(agedImages), note: 'ages' }),
  ...each(
    ['images'],
    [
      [],
      ['-q'],
      ['--digests'],
      ['--format', 'json'],
      ['--format', '{{.ID}}'],
      ['--format', 'raw'],
      ['--format', 'table {{.ID}}'],
    ],
    { replies: none, note: 'no images' },
  ),
]

const formats: ParityCase[] = each(
  ['images'],
  [
    ['--format', 'table'],
    ['--format', 'table', '--digests'],
    ['--format', 'table {{.ID}}\\t{{.Tag}}'],
    ['--format', ''],
    ['--format', 'plain'],
    ['--format', '{{json .}}'],
    ['--format', '{{json .ID}}'],
    ['--format', '{{.CreatedAt}} {{.CreatedSince}}'],
    [
      '--format',
      'table {{.CreatedAt}}\t{{.CreatedSince}}\t{{.Size}}\t{{.VirtualSize}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}',
    ],
    ['--format', '{{.Digest}}'],
    ['--format', '{{.Digest}}', '--digests'],
    ['--format', 'table {{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}'],
    ['--format', '{{.Labels}}'],
    ['--format', '{{.Bogus}}'],
    ['--format', '{{'],
    ['--format', '{{.ID.X}}'],
    ['--format', '{{upper .Repository}}|{{truncate .ID 3}}|{{split .ID ":"}}'],
    ['-q', '--format', '{{.Repository}}'],
    ['-q', '--format', 'table {{.Repository}}'],
    ['-q', '--format', 'json'],
    ['-q', '--no-trunc', '--format', '{{.ID}}'],
    ['--format', '{{.ID}}', '--no-trunc'],
    ['--format', '{{.ID}}', 'nginx'],
    ['--format', '{{.ID}}', '--format', '{{.Tag}}'],
    ['--digests', '--format', '{{.ID}}'],
    ['--digests', '-q', '--format', 'raw'],
  ],
  { replies: one, note: 'format' },
)

const configured: ParityCase[] = [
  ...['table {{.Repository}}\\t{{.ID}}', '{{.Repository}}', 'json', 'raw', '{{.Digest}}', '{{.Bogus}}', '{{'].map(
    (format): ParityCase => ({
      argv: ['images'],
      config: { imagesFormat: format },
      replies: one,
      note: `imagesFormat ${format}`,
    }),
  ),
  { argv: ['images', '-q'], config: { imagesFormat: '{{.Repository}}' }, replies: one, note: 'imagesFormat with -q' },
  {
    argv: ['images', '--digests'],
    config: { imagesFormat: '{{.Repository}}' },
    replies: one,
    note: 'imagesFormat with --digests',
  },
  {
    argv: ['images', '--format', 'table'],
    config: { imagesFormat: '{{.Repository}}' },
    replies: one,
    note: 'imagesFormat and --format',
  },
  { argv: ['images'], config: { psFormat: '{{.Names}}' }, replies: one, note: 'psFormat is ignored' },
]

const trees: ParityCase[] = [
  ...each(
    ['images', '--tree'],
    [
      [],
      ['-a'],
      ['nginx'],
      ['-q'],
      ['--no-trunc'],
      ['--digests'],
      ['--format', 'json'],
      ['--format', 'table'],
      ['-f', 'dangling=true'],
    ],
    { replies: list(multiPlatformImages), note: 'tree' },
  ),
  { argv: ['images', '--tree'], apiVersion: '1.46', replies: list(multiPlatformImages), note: 'tree, daemon 1.46' },
  { argv: ['images', '--tree'], apiVersion: '1.47', replies: list(multiPlatformImages), note: 'tree, daemon 1.47' },
  { argv: ['images', '--tree'], replies: list([longNames]), note: 'a name longer than 80 columns' },
  { argv: ['images', '--tree'], env: { DOCKER_API_VERSION: '1.40' }, replies: none, note: 'DOCKER_API_VERSION=1.40' },
  { argv: ['images', '--tree'], replies: none, note: 'no images' },
  { argv: ['images', '--tree=false'], replies: one },
]

const responses: ParityCase[] = [
  { argv: ['images'], replies: { 'GET /images/json': failure(500, 'layer store is gone') }, note: '500' },
  { argv: ['images', 'A:B:C'], replies: { 'GET /images/json': failure(400, 'invalid reference format') }, note: '400' },
  { argv: ['images'], note: 'page not found' },
  { argv: ['images'], replies: { 'GET /images/json': { chunks: ['null'] } }, note: 'null' },
  {
    argv: ['images'],
    replies: { 'GET /images/json': { chunks: ['['], fail: 'close-mid-response' } },
    note: 'closes mid-response',
  },
  {
    argv: ['images'],
    replies: { 'GET /images/json': { chunks: ['[{"Id":"sha256:0123456789abcdef","Created":4102444800}]'] } },
    note: 'bare image',
  },
  {
    argv: ['images'],
    replies: {
      'GET /images/json': { chunks: ['[{"Id":"0123","RepoTags":null,"RepoDigests":null,"Created":4102444800}]'] },
    },
    note: 'short id',
  },
  {
    argv: ['images', '--digests'],
    replies: list([image({ RepoTags: ['<none>:<none>'], RepoDigests: ['<none>@<none>'] })]),
    note: 'old dangling',
  },
]

const versions: ParityCase[] = ['1.24', '1.41', '1.42', '1.47', '1.50', '1.52'].map(
  (apiVersion): ParityCase => ({
    argv: ['images', '-a', 'nginx'],
    apiVersion,
    replies: one,
    note: `daemon ${apiVersion}`,
  }),
)

export const images: ParityGroup = {
  name: 'images',
  cases: [
    ...flagForms,
    ...names,
    ...filters,
    ...invalid,
    ...listing,
    ...formats,
    ...configured,
    ...trees,
    ...responses,
    ...versions,
  ],
}
