import { failure, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const id = 'f'.repeat(64)
const start = {
  status: 'start',
  id,
  from: 'busybox',
  Type: 'container',
  Action: 'start',
  Actor: { ID: id, Attributes: { name: 'web', image: 'busybox', 'com.example.z': 'ä, b=c', 'com.example.a': '' } },
  scope: 'local',
  time: 1_700_000_000,
  timeNano: 1_700_000_000_120_000_000,
}
/** The JSON is text, because the nanoseconds exceed the precision of a JavaScript number. */
const connect =
  '{"Type":"network","Action":"connect","Actor":{"ID":"n1","Attributes":{"name":"bridge","type":"bridge",' +
  `"container":"${id}"}},"scope":"local","time":1700000001,"timeNano":1700000001000000001}`
const bare = { Type: 'daemon', Action: 'reload', Actor: { ID: 'd', Attributes: {} }, time: 1_700_000_002 }
const exec = {
  Type: 'container',
  Action: 'exec_create: sh -c echo hi',
  Actor: { ID: id, Attributes: null },
  scope: 'swarm',
  time: 0,
  timeNano: 0,
}
const odd = { Type: 'x', Action: '', Unknown: 1, Actor: { ID: '', Attributes: { b: '2', a: '1', B: '3', é: '4' } } }

const texts = [start, connect, bare, exec, odd, {}].map((event) =>
  typeof event === 'string' ? event : JSON.stringify(event),
)
const stream: Replies = { 'GET /events': { chunks: texts.map((text) => `${text}\n`) } }

const FORMATS = [
  'json',
  '{{json .}}',
  '{{.}}',
  '{{.ID}}',
  '{{.Status}} {{.From}}',
  '{{.Type}} {{.Action}} {{.Actor.ID}}',
  '{{.Actor}}',
  '{{.Actor.Attributes}}',
  '{{.Actor.Attributes.name}}',
  '{{index .Actor.Attributes "com.example.z"}}',
  '{{.Scope}} {{.Time}} {{.TimeNano}}',
  '{{json .Actor.Attributes}}',
  '{{range $k, $v := .Actor.Attributes}}{{$k}}={{$v}};{{end}}',
  '{{if eq .Type "container"}}{{.Action}}{{end}}',
  '{{.Type | upper}} {{truncate .Actor.ID 12}}',
  '{{printf "%s|%v|%q|%T" .Type .Action .Scope .Action}}',
  '{{.Action.String}}',
  'table {{.Type}}\\t{{.Action}}',
  'table',
  'raw',
  'pretty',
  'plain text',
  '{{.Bogus}}',
  '{{.Actor.Bogus}}',
  '{{',
  '{{.Type',
  '{{bogus .}}',
  '{{index .Actor.Attributes "a" "b"}}',
  '{{.Type}}{{with .Actor.Attributes.b}}{{.Bogus}}{{end}}',
]

const cases: ParityCase[] = [
  ...each(['events'], [[], ['--format', ''], ['--format=']], { replies: stream }),
  { argv: ['system', 'events'], replies: stream },
  { argv: ['events'], env: { TZ: 'Asia/Kolkata' }, replies: stream, note: 'in India' },
  { argv: ['events'], env: { TZ: 'America/New_York' }, replies: stream, note: 'in New York' },
  ...FORMATS.map((format): ParityCase => ({ argv: ['events', '--format', format], replies: stream })),
  ...each(
    ['events'],
    [
      ['--since', '2013-01-02T15:04:05'],
      ['--since', '1700000000.5', '--until', '1700000001'],
      ['--until=2020-01-01'],
      ['--since', ''],
      ['--until', '', '--since', '0'],
      ['--since', '2020-01-01', '--since', '2021-01-01'],
    ],
    { replies: stream, note: 'times' },
  ),
  ...each(
    ['events'],
    [
      ['--since', 'yesterday'],
      ['--until', 'x'],
      ['--since', 'x', '--until', 'y'],
      ['--since', '-'],
      ['--since'],
      ['--filter', 'type=container'],
      ['-f', 'type=container', '-f', 'event=start'],
      ['-f', 'event=start', '-f', 'event=die', '--filter=label=a=b'],
      ['-f', 'bogus=1'],
      ['-f', 'no-equals'],
      ['-f', ''],
      ['-f'],
      ['x'],
      ['--bogus'],
      ['-x'],
      ['--format'],
      ['-q'],
      ['--format', '{{.Bogus}}', '--since', 'x'],
    ],
    { replies: stream },
  ),
  ...each(['events', '-f', 'type=container'], [[]], {
    env: { DOCKER_API_VERSION: '1.41' },
    replies: stream,
    note: 'API 1.41',
  }),
  { argv: ['events'], replies: { 'GET /events': { lines: [] } }, note: 'none' },
  { argv: ['events'], replies: { 'GET /events': failure(400, "invalid filter 'bogus'") }, note: '400' },
  { argv: ['events'], replies: { 'GET /events': failure(500, 'something broke') }, note: '500' },
  { argv: ['events'], note: 'page not found' },
  { argv: ['events'], daemon: 'none', note: 'no daemon' },
  {
    argv: ['events'],
    replies: { 'GET /events': { lines: [start], fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  {
    argv: ['events', '--format', '{{.Type}}'],
    replies: { 'GET /events': { lines: [start], fail: 'hang', signal: 'SIGTERM' } },
    note: 'terminated',
  },
  {
    argv: ['events'],
    replies: { 'GET /events': { fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted without events',
  },
  {
    argv: ['events'],
    replies: { 'GET /events': { lines: [start], fail: 'close-mid-response' } },
    note: 'daemon closes mid-response',
  },
  { argv: ['events'], replies: { 'GET /events': { fail: 'close-before-response' } }, note: 'daemon closes' },
  {
    argv: ['events'],
    replies: { 'GET /events': { chunks: [JSON.stringify(start), '\n{"Type":"cut', '"'] } },
    note: 'the last event is truncated',
  },
  { argv: ['events'], replies: { 'GET /events': { chunks: ['{bad}\n'] } }, note: 'bad JSON' },
  { argv: ['events'], replies: { 'GET /events': { chunks: ['[]\n'] } }, note: 'a list' },
  {
    argv: ['events'],
    replies: { 'GET /events': { chunks: [JSON.stringify(start) + connect] } },
    note: 'without newlines',
  },
  ...each(['events'], [['--help'], ['-h']], { lenient: helpIsOurs }),
]

export const events: ParityGroup = { name: 'events', cases }
