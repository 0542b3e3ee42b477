import { json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'

const replies: Replies = {
  'GET /containers/a/json': json({ Id: 'a', State: {}, HostConfig: {}, Config: { Tty: false } }),
  'GET /containers/a/logs': json(null),
  'GET /events': { chunks: [] },
  'GET /services/a': json({
    ID: 'a',
    Spec: { Name: 'a', Mode: { Replicated: { Replicas: 1 } }, TaskTemplate: { ContainerSpec: { Image: 'a' } } },
  }),
  'GET /services/a/logs': { frames: [] },
}

/** Texts that are the same at any time. */
const texts = [
  // Whole and shortened layouts.
  ...['2006-01-02', '2006-01-02T', '2006-01-02T15', '2006-01-02T15:', '2006-01-02T15:04', '2006-01-02T15:04:05'],
  ...['2006-01-02Z', '2006-01-02T15Z', '2006-01-02T15:04Z', '2006-01-02T15:04:05Z', '2006-01-02T15:04:05.5Z'],
  ...['2006-01-02+01:00', '2006-01-02T15+01:00', '2006-01-02T15:04-01:00', '2006-01-02T15:04:05+14:00'],
  ...['2006-01-02T15:04:05.123456789Z', '2006-01-02T15:04:05.1234567891Z', '2006-01-02T15:04:05.000000001'],
  ...[
    '2006-01-02T15:04:05.Z',
    '2006-01-02T15:04:05.',
    '2006-01-02T15:04:05,5Z',
    '2006-01-02T15:04:05,5',
    '2006-01-02T15:04:15,5Z',
  ],
  ...['2006-01-02T15:04,5Z', '2006-01-02T15:04.5', '2006-01-02T15.5Z', '2006-01-02.5'],
  // Parts with one digit.
  ...['2006-01-02T15:04:0Z', '2006-01-02T15:04:5', '2006-01-02T15:4:05Z', '2006-01-02T5:04:05Z', '2006-01-02T1:04:00Z'],
  ...[
    '2006-01-02T1:4',
    '2006-01-02T1',
    '2006-1-02',
    '2006-01-2',
    '2006-1-2',
    '2013-9-3',
    '2013-9-03T1:2:3Z',
    '206-01-02',
  ],
  ...['2006-01-02T15:04:005Z', '2006-01-002', '2006-001-02', '02006-01-02', '2006-01-02T015'],
  // Out of range.
  ...['2006-13-02', '2006-00-02', '2006-01-32', '2006-01-00', '2006-02-29', '2004-02-29', '1900-02-29', '2006-04-31'],
  ...['2006-01-02T24', '2006-01-02T15:60', '2006-01-02T15:04:60', '2006-01-02T15:04:60Z', '2006-01-02T25:61:61Z'],
  ...[
    '2006-01-02T15:04:05+25:00',
    '2006-01-02T15:04:05+24:00',
    '2006-01-02T15:04:05+23:59',
    '2006-01-02T15:04:05+00:60',
  ],
  ...['2006-01-02T15:04:05+00:61', '2006-01-02T15:04:05-24:59', '2006-13-32T25:61:61+25:61', '2006-02-30T25:00Z'],
  // Years.
  ...[
    '0000-01-01',
    '0001-01-01',
    '0001-01-01T00:00:00Z',
    '0050-01-01',
    '0050-06-01T00:00:00Z',
    '0099-12-31',
    '0100-01-01',
  ],
  ...[
    '1969-12-31T23:59:59Z',
    '1969-12-31T23:59:59.5Z',
    '1970-01-01',
    '1970-01-01T00:00:00.5Z',
    '9999-12-31T23:59:59Z',
    '10000-01-01',
  ],
  // Zones.
  ...[
    '2006-01-02T15:04:05z',
    '2006-01-02z',
    '2006-01-02T15:04:05+0400',
    '2006-01-02T15:04:05+04',
    '2006-01-02T15:04:05+4:00',
  ],
  ...['2006-01-02T15:04:05 +04:00', '2006-01-02T15:04:05+04:00 ', '2006-01-02T15:04:05 MST', '2006-01-02T15:04:05ZZ'],
  ...[
    '2006-01-02T15:04:05+00:00',
    '2006-01-02T15:04:05-00:00',
    '2006-01-02T15:04:05+ab:cd',
    '2006-01-02T15:04:05+04:0',
  ],
  ...[
    '2006-01-02T15:04:05+04:00:00',
    '2006-01-02T15:04:05Z+04:00',
    '2006-01-02+0400',
    '2006-01-02T15+0400',
    '2006-01-02T15:04+0400',
  ],
  ...[
    '2006-01-02-07:00',
    '2006-01-02-0700',
    '2006-01-02-7',
    '2006-01-02-',
    '2006-01-02+',
    '2006-01-02T15-',
    '2006-01-02T15:04-',
  ],
  // Other separators and blanks.
  ...[
    '2013-09-03 15:49:29',
    '2013-09-03t15:49:29Z',
    '2013-09',
    '2013',
    '2013-',
    '2013-09-',
    '2013/09/03',
    '20130903',
    '-',
    '--',
    '---',
  ],
  ...[
    '2013-09-03 ',
    ' 2013-09-03',
    '2013-09-03T15:49:29Z ',
    ' 2013-09-03T15:49:29Z',
    '2013-09-03\n',
    '2013-09-03T15:49:29\t',
  ],
  ...[
    '2013-09-03T15:49:29Zx',
    '2013-09-03x',
    '2013-09-03T15:49:29x',
    '2013-09-03T15:49x',
    '2013-09-03T15x',
    '2013-09-03Tx',
  ],
  ...[
    'a-b',
    'a-b-c',
    'abc',
    'é',
    'é-1',
    '"-"',
    '1-"2"',
    '2013-09-03T\xe9',
    '2013-Sep-03',
    '2013-09-03T15:49:29 UTC',
    'now',
    'yesterday',
  ],
  ...[
    '2013-09-03T15-49-29',
    '2013-09-03T15:49:29.5x',
    '2013-09-03T15:49:29.x',
    '2013-09-03T15:49:29.5+0400',
    '2013-09-03T:',
    '2013-09-03T::',
  ],
  ...['2013-09-03T15:49:', '2013-09-03T15::29', '2013-09-03T:49', 'T15:04', '15:04:05', '15:04', '--09-03', '2013--03'],
  ...[
    '2013-09-03T15:49:29.123',
    '2013-09-03T15:49:29.-5',
    '2013-09-03T1 :00',
    '2013-09-03T 1:00',
    '2013- 9-03',
    '2013-09- 3',
  ],
  // Seconds.
  ...[
    '0',
    '1',
    '5.',
    '5.0',
    '5.5',
    '.5',
    '-10',
    '-5',
    '-1.5',
    '+5',
    '+5.5',

    '00',
    '0x10',
    '1_000',
    '1e3',
    '1.5.5',
    '1.-5',
  ],
  ...[
    '9223372036854775807',
    '9223372036854775808',
    '-9223372036854775808',
    '1136073600.000000001',
    '1136073600.0000000001',
    '1136073600.9999999999',
  ],
  ...[
    '1136073600.1a',
    '1136073600.+5',
    '1136073600 ',
    ' 1136073600',
    '１',
    'NaN',
    'Inf',
    '1136073600,5',
    '99999999999999999999',
    '007',
    '1..5',
    '.',
    '+',
    '5.00000000000000000001',
    '5.99999999999999999999',
  ],
  // Durations that are not.
  ...['1x', '1hh', 'h', '1 h', '1h ', ' 1h', '1.h.', '--1h', '1d', '1H', '9999999999h', '-9999999999h', '2562047h48m'],
]

const logs: ParityCase[] = each(
  ['logs'],
  texts.map((text) => [`--since=${text}`, 'a']),
  { replies },
)

/** Some kinds of texts, for the other flags. */
const some = [
  '2006-1-02',
  '2006-01-02T15:04:0Z',
  '2013-09-03 15:49:29',
  '2013-09',
  '0050-01-01',
  '5.',
  '-10',
  '+5',
  '9223372036854775808',
  '1e3',
  '2006-01-02T15:04:05+0400',
  '2006-01-02T15:04:15,5Z',
  ' 1',
]

const FORMAT = '{{.CreatedAt}}'
const containers: Replies = {
  'GET /containers/json': json([
    { Id: 'a', Created: 1_136_073_600, Names: ['/a'] },
    { Id: 'b', Created: 1_155_000_000, Names: ['/b'] },
  ]),
}

/** Values of TZ. Each is used for output, and for a time without a zone in winter and in summer. */
const zones = [
  ...[
    'UTC',
    '',
    ':',
    'Asia/Tokyo',
    ':Asia/Tokyo',
    'asia/tokyo',
    'ASIA/TOKYO',
    'EST5EDT',
    'EST',
    'CET-1CEST',
    'Nowhere/Nothing',
  ],
  ...[
    '/usr/share/zoneinfo/Asia/Tokyo',
    ':/usr/share/zoneinfo/Asia/Tokyo',
    '/usr/share/zoneinfo/none',
    '/etc/passwd',
    '/',
  ],
  ...[
    '../Asia/Tokyo',
    'Asia/../Asia/Tokyo',
    './Asia/Tokyo',
    'Asia//Tokyo',
    ' Asia/Tokyo',
    'Asia/Tokyo ',
    'Asia',
    'GMT+3',
    'Etc/GMT+3',
    '<+03>-3',
    'posix/Asia/Tokyo',
    'localtime',
    'Local',
  ],
  ...[
    'America/New_York',
    'Asia/Kolkata',
    'Pacific/Chatham',
    'Zulu',
    '::Asia/Tokyo',
    '<dir>/zone',
    ':<dir>/zone',
    '<dir>/none',
  ],
]

/** Winter in the south and in the north: the offset of a date differs from today's in one half of the year. */
const zoneCases: ParityCase[] = zones.flatMap((TZ) => [
  { argv: ['ps', '--format', FORMAT], env: { TZ }, replies: containers, note: `TZ=${TZ}`, files: zoneFiles() },
  { argv: ['logs', '--since', '2006-01-02T15:04', 'a'], env: { TZ }, replies, note: `TZ=${TZ}`, files: zoneFiles() },
])

/** A zone file of version 1: half past five east, without changes. */
function zoneFiles() {
  const header = [
    0x54,
    0x5a,
    0x69,
    0x66,
    ...new Array(16).fill(0),
    ...[0, 0, 0, 0, 1, 4].flatMap((count) => [0, 0, 0, count]),
  ]
  const type = [0, 0, 0x4d, 0x58, 0, 0]
  return { zone: Uint8Array.from([...header, ...type, 0x49, 0x53, 0x54, 0]) }
}

export const times: ParityGroup = {
  name: 'times',
  cases: [
    ...logs,
    ...each(
      ['logs'],
      some.map((text) => [`--until=${text}`, 'a']),
      { replies },
    ),
    ...each(
      ['events'],
      some.flatMap((text) => [[`--since=${text}`, '--until=1'], [`--until=${text}`]]),
      { replies },
    ),
    ...each(
      ['service', 'logs'],
      some.map((text) => [`--since=${text}`, 'a']),
      { replies },
    ),
    ...each(
      ['system', 'prune', '-f'],
      some.map((text) => ['--filter', `until=${text}`]),
      {
        replies: {
          'POST /*': json({}),
          'POST /containers/prune': json({}),
          'POST /networks/prune': json({}),
          'POST /images/prune': json({}),
          'POST /build/prune': json({}),
        },
      },
    ),
    ...zoneCases,
    ...each(
      ['logs'],
      [
        ['--since=2006-07-02T15:04', 'a'],
        ['--since=2006-07-02', 'a'],
      ],
      {
        env: { TZ: 'America/New_York' },
        replies,
        note: 'summer, recorded in winter',
      },
    ),
  ],
}
