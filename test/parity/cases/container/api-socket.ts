import { failure, json } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { creating, ID, missingImage, running } from './run-replies.ts'

const injected = { [`PUT /containers/${ID}/archive`]: json({}) }
const base64 = (text: string) => Buffer.from(text).toString('base64')

const config = {
  auths: {
    'reg.example:5000': { auth: base64('ann:s3cret'), email: 'ann@example.org' },
    'https://index.docker.io/v1/': { auth: base64('ben:'), identitytoken: 'a-token' },
    'named.example': { username: 'c<d', password: 'e&f' },
    'token.example': { registrytoken: 'bearer' },
  },
  HttpHeaders: { 'X-Not': 'sent along' },
}

const flags: ParityCase[] = each(
  ['create'],
  [
    ['--use-api-socket', 'img'],
    ['--use-api-socket', '-v', '/a:/b', '--mount', 'type=tmpfs,target=/t', 'img'],
    ['--use-api-socket', '-e', 'A=b', 'img'],
    ['--use-api-socket', '-e', 'DOCKER_CONFIG=/mine', 'img'],
    ['--use-api-socket', '-e', 'DOCKER_CONFIG', 'img'],
    ['--use-api-socket=false', 'img'],
    ['--use-api-socket', '--use-api-socket=false', 'img'],
    ['--use-api-socket=maybe', 'img'],
    ['--use-api-socket', 'Img'],
  ],
  { config, replies: { ...creating, ...injected } },
)

/** `--use-api-socket` mounts the daemon's socket and passes the credentials in a file. */
export const apiSocket: ParityGroup = {
  name: 'api-socket',
  cases: [
    ...flags,
    { argv: ['create', '--use-api-socket', 'img'], note: 'no credentials', replies: creating },
    { argv: ['create', '--use-api-socket', 'img'], note: 'tcp', daemon: 'tcp', config, replies: creating },
    { argv: ['run', '--use-api-socket', 'img'], note: 'tcp', daemon: 'tcp', config, replies: creating },
    { argv: ['run', '--use-api-socket', 'img'], config, replies: running({ extra: injected }) },
    {
      argv: ['create', '--use-api-socket', 'img'],
      note: 'pulled first',
      config,
      replies: { ...missingImage, ...injected },
    },
    {
      argv: ['create', '--use-api-socket', 'img'],
      note: 'missing helper',
      config: { ...config, credsStore: 'nope' },
      replies: creating,
    },
    {
      argv: ['create', '--use-api-socket', 'img'],
      note: 'missing helper of one registry',
      config: { ...config, credHelpers: { 'one.example': 'nope' } },
      replies: { ...creating, ...injected },
    },
    {
      argv: ['create', '--use-api-socket', '--cidfile', '<dir>/id', 'img'],
      note: 'not injected',
      config,
      replies: { ...creating, [`PUT /containers/${ID}/archive`]: failure(403, 'read-only file system') },
      outputs: ['id'],
    },
    {
      argv: ['run', '--use-api-socket', 'img'],
      note: 'not injected',
      config,
      replies: running({ extra: { [`PUT /containers/${ID}/archive`]: failure(500, 'no space left on device') } }),
    },
  ],
}
