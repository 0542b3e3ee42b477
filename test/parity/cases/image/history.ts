import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { YEAR_2100 } from '../container/containers.ts'

const layers: Replies = {
  'GET /images/app/history': json([
    {
      Id: 'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1',
      Created: YEAR_2100,
      CreatedBy: '/bin/sh -c #(nop)\tCMD ["nginx" "-g" "daemon off;" "and more than fits"]',
      Size: 0,
      Comment: 'buildkit.dockerfile.v0',
      Tags: ['app:latest'],
    },
    {
      Id: '<missing>',
      Created: YEAR_2100,
      CreatedBy: 'RUN 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
      Size: 1_234_567,
      Comment: '',
      Tags: null,
    },
    { Id: '<missing>', Created: 0, CreatedBy: 'ADD "x" <&> in /', Size: 999_999_999, Comment: 'c', Tags: null },
    { Id: 'sha256:abc', Created: 946_684_800, CreatedBy: '', Size: 1 },
    { Id: 'sha256:abc', Created: 946_684_801, CreatedBy: 'one second later', Size: 1000 },
  ]),
  'GET /images/none/history': json([]),
  'GET /images/*/history': failure(404, 'No such image: x'),
}

const cases: ParityCase[] = [
  ...each(
    ['history'],
    [
      ['app'],
      ['-q', 'app'],
      ['--no-trunc', 'app'],
      ['-q', '--no-trunc', 'app'],
      ['-H=false', 'app'],
      ['--human=false', '--no-trunc', 'app'],
      ['-H', 'app'],
      ['--human=x', 'app'],
      ['--format', 'table', 'app'],
      ['--format', 'raw', 'app'],
      ['--format', 'json', 'app'],
      ['--format', 'json', '-H=false', '--no-trunc', 'app'],
      ['--format', '{{.ID}}|{{.CreatedBy}}|{{.Comment}}', 'app'],
      ['--format', '{{.CreatedAt}} {{.CreatedSince}} {{.Size}}', 'app'],
      ['--format', '{{.CreatedAt}} {{.CreatedSince}} {{.Size}}', '-H=false', 'app'],
      ['--format', 'table {{.ID}}\\t{{.CreatedAt}}\\t{{.CreatedSince}}', 'app'],
      ['--format', 'table {{.CreatedBy}}\t{{.Size}}\t{{.Comment}}', '--no-trunc', 'app'],
      ['-q', '--format', '{{.Size}}', 'app'],
      ['--format', '{{.Tags}}', 'app'],
      ['--format', '{{.Bogus}}', 'app'],
      ['--format', '{{', 'app'],
      ['--format', '{{upper .CreatedBy}}', 'app'],
      ['none'],
      ['-q', 'none'],
      ['--format', '{{.Bogus}}', 'none'],
      ['gone'],
      [''],
      ['app', 'more'],
      [],
      ['--bogus', 'app'],
      ['-f', 'x=y', 'app'],
      ['--platform', 'linux/arm64', 'app'],
      ['--platform', 'linux/arm64/v8', 'app'],
      ['--platform', 'windows', 'app'],
      ['--platform', '', 'app'],
      ['--platform', 'a/b/c/d', 'app'],
    ],
    { replies: layers },
  ),
  ...each(['image', 'history'], [['app'], ['-q', 'app'], []], { replies: layers }),
  {
    argv: ['history', '--platform', 'linux/amd64', 'app'],
    apiVersion: '1.47',
    replies: layers,
    note: 'daemon 1.47',
  },
  { argv: ['history', 'app'], env: { TZ: 'Europe/Berlin' }, replies: layers, note: 'another time zone' },
  { argv: ['history', '-H=false', 'app'], env: { TZ: 'Asia/Kolkata' }, replies: layers, note: 'another time zone' },
  { argv: ['history', 'app'], daemon: 'none', note: 'no daemon' },
  ...each(['history'], [['--help']], { lenient: helpIsOurs }),
]

export const history: ParityGroup = { name: 'history', cases }
