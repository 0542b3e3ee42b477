import { failure, json, type Replies } from '../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../case.ts'
import { auths, basic, HUB, helpers } from './credentials.ts'

const CONFIG = ['.docker/config.json']
const accepted: Replies = {
  'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }),
  'GET /info': json({ IndexServerAddress: HUB }),
}

const loginCases: ParityCase[] = [
  ...each(
    ['login'],
    [
      ['-u', 'me', '-p', 'secret', 'example.com'],
      ['-ume', '-psecret', 'example.com'],
      ['--username=me', '--password=secret', 'example.com'],
      ['-u', 'me', '-p', 'secret'],
      ['-u', 'me', '-p', 'secret', 'docker.io'],
      ['-u', 'me', '-p', 'secret', HUB],
      ['-u', 'me', '-p', 'secret', 'https://example.com'],
      ['-u', 'me', '-p', 'secret', 'https://example.com/v2/'],
      ['-u', 'me', '-p', 'secret', 'http://example.com:5000/x'],
      ['-u', 'me', '-p', 'sécret ü', 'example.com'],
      ['-u', 'me:too', '-p', 'secret', 'example.com'],
      ['-u', 'me', 'example.com'],
      ['-p', 'secret', 'example.com'],
      ['-u', '', '-p', 'secret', 'example.com'],
      ['-u', 'me', '-p', '', 'example.com'],
      ['-u', 'me', '-p', 'x', '--password-stdin', 'example.com'],
      ['--password-stdin', 'example.com'],
      ['a.com', 'b.com'],
      ['--bogus'],
      ['-x'],
      ['-u'],
    ],
    { replies: accepted, outputs: CONFIG },
  ),
  ...(
    [
      ['secret', 'no newline'],
      ['secret\n', 'newline'],
      ['secret\r\n', 'CRLF'],
      ['secret\n\n', 'two newlines'],
      [' sp ace \n', 'spaces'],
      ['one\ntwo\n', 'two lines'],
      ['', 'empty'],
      ['\n', 'only a newline'],
    ] as const
  ).map(
    ([stdin, note]): ParityCase => ({
      argv: ['login', '-u', 'me', '--password-stdin', 'example.com'],
      stdin,
      note,
      replies: accepted,
      outputs: CONFIG,
    }),
  ),
  {
    argv: ['login', '-u', 'me', '--password-stdin', 'example.com'],
    replies: accepted,
    note: 'stdin is /dev/null',
    outputs: CONFIG,
  },
  { argv: ['login', 'example.com'], config: auths, replies: accepted, outputs: CONFIG, note: 'stored' },
  { argv: ['login', 'token.example.com'], config: auths, replies: accepted, outputs: CONFIG, note: 'stored token' },
  {
    argv: ['login', 'example.com'],
    config: auths,
    replies: { 'POST /auth': failure(401, 'unauthorized: incorrect username or password') },
    outputs: CONFIG,
    note: 'stored but refused',
  },
  {
    argv: ['login', '-u', 'someone', 'example.com'],
    config: auths,
    replies: accepted,
    outputs: CONFIG,
    note: 'stored, same user',
  },
  {
    argv: ['login', '-u', 'other', 'example.com'],
    config: auths,
    replies: accepted,
    outputs: CONFIG,
    note: 'stored, another user',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'example.com'],
    config: auths,
    replies: accepted,
    outputs: CONFIG,
    note: 'over stored',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'example.com'],
    config: '{"psFormat":"p","unknown":{"z":1,"a":[2]},"auths":{}}',
    replies: accepted,
    outputs: CONFIG,
    note: 'keeps what it does not know',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'new.example.com'],
    config: { credsStore: 'fake', auths: { 'old.example.com': basic('o', 'p') } },
    files: helpers,
    replies: accepted,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credsStore',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'h.example.com'],
    config: { credHelpers: { 'h.example.com': 'fake' } },
    files: helpers,
    replies: accepted,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credHelpers',
  },
  {
    argv: ['login', 'helped.example.com'],
    config: { credsStore: 'fake' },
    files: helpers,
    replies: accepted,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credsStore',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'example.com'],
    config: { credsStore: 'absent' },
    replies: accepted,
    outputs: CONFIG,
    note: 'no such helper',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'x', 'example.com'],
    replies: { 'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: 'tok' }) },
    outputs: CONFIG,
    note: 'identity token',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'bad', 'example.com'],
    replies: {
      'POST /auth': failure(401, 'Get "https://example.com/v2/": unauthorized: incorrect username or password'),
    },
    outputs: CONFIG,
    note: '401',
  },
  {
    argv: ['login', '-u', 'me', '-p', 'bad', 'example.com'],
    replies: { 'POST /auth': failure(500, 'Get "https://example.com/v2/": no route to host') },
    outputs: CONFIG,
    note: '500',
  },
  ...each(['login'], [['--help']], { lenient: helpIsOurs }),
]

const logoutCases: ParityCase[] = [
  ...each(
    ['logout'],
    [
      [],
      ['example.com'],
      ['https://example.com/v2/'],
      ['docker.io'],
      [HUB],
      ['schemed.example.com'],
      ['none.example.com'],
      ['a', 'b'],
      ['--bogus'],
      ['-x'],
    ],
    { config: auths, outputs: CONFIG },
  ),
  ...each(['logout'], [[], ['example.com']], { outputs: CONFIG, note: 'no config' }),
  { argv: ['logout', 'example.com'], daemon: 'none', config: auths, outputs: CONFIG, note: 'no daemon' },
  {
    argv: ['logout', 'helped.example.com'],
    config: { credsStore: 'fake', auths: { 'helped.example.com': {} } },
    files: helpers,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credsStore',
  },
  {
    argv: ['logout', 'h.example.com'],
    config: { credHelpers: { 'h.example.com': 'fake' } },
    files: helpers,
    outputs: [...CONFIG, 'helper.log'],
    note: 'credHelpers',
  },
  { argv: ['logout', 'x.example.com'], config: { credsStore: 'absent' }, outputs: CONFIG, note: 'no such helper' },
]

export const login: ParityGroup = { name: 'login', cases: loginCases }
export const logout: ParityGroup = { name: 'logout', cases: logoutCases }
