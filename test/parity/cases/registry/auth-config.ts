import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { auths, basic, HUB, helpers } from './credentials.ts'

const CONFIG = ['.docker/config.json']
/** A config.json that only its owner can read, which causes no warning. */
const configFile = (value: unknown) => ({ '.docker/config.json': { mode: 0o600, text: JSON.stringify(value) } })
const replies: Replies = {
  'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }),
  'POST /images/create': { lines: [{ status: 'Pulling from a', id: 'latest' }] },
  'POST /images/*/push': { lines: [{ status: 'Preparing', id: 'x' }] },
}
const fromEnvironment = (value: unknown) => ({
  DOCKER_AUTH_CONFIG: typeof value === 'string' ? value : JSON.stringify(value),
})
const other = { auths: { 'env.example.com': basic('env', 'e+/secret'), [HUB]: basic('envhub', 'p') } }
const env = fromEnvironment(other)

const values: readonly (readonly [string, unknown])[] = [
  ['empty', ''],
  ['no JSON', '{nope'],
  ['not JSON at all', 'nonsense'],
  ['a list', '[]'],
  ['null', 'null'],
  ['empty object', '{}'],
  ['two values', '{"auths":{"env.example.com":{"auth":"ZTpw"}}} {}'],
  ['trailing text', '{"auths":{"env.example.com":{"auth":"ZTpw"}}} x'],
  ['unknown key', { auths: { 'env.example.com': basic('e', 'p') }, credsStore: 'x' }],
  ['only an unknown key', { psFormat: 'x' }],
  ['empty auth', { auths: { 'env.example.com': { auth: '' } } }],
  ['no auth', { auths: { 'env.example.com': {} } }],
  ['user and password', { auths: { 'env.example.com': { username: 'u', password: 'p' } } }],
  ['more keys in an entry', { auths: { 'env.example.com': { ...basic('e', 'p'), email: 'a@b' } } }],
  ['identity token', { auths: { 'env.example.com': { ...basic('e', ''), identitytoken: 't' } } }],
  ['no base64', { auths: { 'env.example.com': { auth: '!!' } } }],
  ['no colon', { auths: { 'env.example.com': { auth: 'YWJj' } } }],
  ['no user', { auths: { 'env.example.com': basic('', 'p') } }],
  ['auths is a list', { auths: [] }],
  ['auth is a number', { auths: { 'env.example.com': { auth: 5 } } }],
  ['another spelling', { auths: { 'https://env.example.com/v2/': basic('e', 'p') } }],
  ['upper-case key', '{"AUTHS":{"env.example.com":{"AUTH":"ZTpw"}}}'],
  ['spaces', ' \n {"auths":{"env.example.com":{"auth":"ZTpw"}}} \n '],
]

const cases: ParityCase[] = [
  ...values.map(
    ([note, value]): ParityCase => ({
      argv: ['pull', 'env.example.com/a'],
      env: fromEnvironment(value),
      config: { auths: { 'env.example.com': basic('file', 'f') } },
      replies,
      note,
    }),
  ),
  ...each(['pull'], [['a'], ['env.example.com/a'], ['example.com/a'], ['other.example.com/a']], {
    env,
    files: configFile(auths),
    replies,
    note: 'over config.json',
  }),
  ...each(['push'], [['a'], ['env.example.com/a'], ['example.com/a']], {
    env,
    files: configFile(auths),
    replies,
    note: 'over config.json',
  }),
  ...each(['pull'], [['helped.example.com/a'], ['env.example.com/a'], ['broken.example.com/a']], {
    env,
    files: { ...helpers, ...configFile({ credsStore: 'fake' }) },
    replies,
    outputs: ['helper.log'],
    note: 'over a helper',
  }),
  ...each(
    ['login'],
    [
      [],
      ['env.example.com'],
      ['example.com'],
      ['other.example.com'],
      ['-u', 'me', '-p', 'x', 'env.example.com'],
      ['-u', 'me', '-p', 'x', 'new.example.com'],
      ['-u', 'me', '-p', 'x'],
    ],
    { env, files: configFile(auths), replies, outputs: CONFIG, note: 'over config.json' },
  ),
  ...each(['login'], [['-u', 'me', '-p', 'x', 'env.example.com'], ['env.example.com']], {
    env,
    files: { ...helpers, ...configFile({ credsStore: 'fake' }) },
    replies,
    outputs: [...CONFIG, 'helper.log'],
    note: 'over a helper',
  }),
  {
    argv: ['login', 'env.example.com'],
    env,
    files: configFile(auths),
    replies: { 'POST /auth': failure(401, 'unauthorized') },
    outputs: CONFIG,
    note: 'refused',
  },
  { argv: ['login', 'env.example.com'], env: fromEnvironment('{nope'), replies, note: 'no JSON' },
  { argv: ['logout', 'env.example.com'], env: fromEnvironment('{nope'), replies, note: 'no JSON' },
  { argv: ['login', '-u', 'me', 'env.example.com'], env, replies, note: 'no password' },
  { argv: ['login', '-u', 'me', '-p', '', 'env.example.com'], env, replies, note: 'refused flags' },
  ...each(['logout'], [[], ['env.example.com'], ['example.com'], ['other.example.com']], {
    env,
    files: configFile(auths),
    outputs: CONFIG,
    note: 'over config.json',
  }),
  ...each(['logout'], [['env.example.com'], ['helped.example.com']], {
    env,
    files: { ...helpers, ...configFile({ credsStore: 'fake' }) },
    outputs: [...CONFIG, 'helper.log'],
    note: 'over a helper',
  }),
  {
    argv: ['logout', 'env.example.com'],
    env,
    files: configFile({ credsStore: 'absent' }),
    outputs: CONFIG,
    note: 'no such helper',
  },
  { argv: ['ps'], env: fromEnvironment('{nope'), replies: { 'GET /containers/json': json([]) }, note: 'no JSON' },
]

export const authConfig: ParityGroup = { name: 'auth-config', since: '28.3', cases }
