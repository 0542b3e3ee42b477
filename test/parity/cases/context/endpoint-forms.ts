import { json, type Replies } from '../../../support/fake-replies.ts'
import type { ParityCase, ParityGroup } from '../../case.ts'
import { container } from '../container/containers.ts'

const replies: Replies = { 'GET /containers/json': json([container()]) }

/** Returns a path of this many bytes, to test the length limit of socket paths. */
const path = (bytes: number) => `/${'x'.repeat(bytes - 1)}`

/** Values of `-H`. None of them may cause a request to a name server. */
const hosts = [
  '/tmp/none.sock',
  'unix://',
  'unix:///nowhere.sock',
  'unix://nowhere.sock',
  'unix:////nowhere.sock',
  'unix://a://b',
  'unix:///nowhere?a=b#c',
  'unix:///no%20where',
  'UNIX:///nowhere',
  'unix:///no\u001b[31mwhere',
  'unix:///no\nwhere',
  `unix://${path(107)}`,
  `unix://${path(108)}`,
  `unix://${path(109)}`,
  `unix://${path(5000)}`,
  `unix:///${'é'.repeat(54)}`,
  'tcp://127.0.0.1:1?a=b',
  'tcp://127.0.0.1:1#f',
  'tcp://127.0.0.1:1/a?b#c',
  'tcp://127.0.0.1:1/',
  'tcp://127.0.0.1:1/a/b/',
  'tcp://127.0.0.1:1/a b',
  'tcp://127.0.0.1:1/a%20b',
  'tcp://127.0.0.1:1/%zz',
  'tcp://127.0.0.1:1/é',
  'tcp://u:secret@127.0.0.1:1',
  'tcp://u@127.0.0.1:1',
  'tcp://:secret@127.0.0.1:1',
  'tcp://u:@127.0.0.1:1',
  'tcp://u:secret@127.0.0.1:x',
  'tcp://u:sec ret@127.0.0.1:1',
  'tcp://u:sec%zzret@127.0.0.1:1',
  'tcp://u:sec/ret@127.0.0.1:1',
  'tcp://u:sec#ret@127.0.0.1:1',
  'http://u:secret@127.0.0.1:1',
  'bogus://u:secret@127.0.0.1:1',
  'u:secret@127.0.0.1:1',
  'tcp:127.0.0.1',
  'tcp:host',
  'tcp://tcp://127.0.0.1:1',
  'tcp://unix:///x',
  'TCP://127.0.0.1:1',
  '://127.0.0.1:1',
  ':',
  ':1',
  '::1',
  '[::1]:1',
  '[::1]',
  'tcp://::1',
  'tcp://[::1]',
  'tcp://[::1]:',
  'tcp://[::1]:1',
  'tcp://[::1]:1/x',
  'tcp://[::1',
  'tcp://::1]',
  'tcp://[::1]x',
  'tcp://[fe80::1%25lo]:1',
  'tcp://[fe80::1%lo]:1',
  'tcp://127.0.0.1:',
  'tcp://127.0.0.1:01',
  'tcp://127.0.0.1:65535',
  'tcp://127.0.0.1:65536',
  'tcp://127.0.0.1:-1',
  'tcp://127.0.0.1:+1',
  'tcp://127.0.0.1:0x1',
  'tcp://127.0.0.1:99999999999999999999999',
  'tcp://127.0.0.1:1 ',
  'tcp://127.0.0 .1:1',
  'tcp://%31:1',
  'tcp://127.0.0.1\\x:1',
  'tcp://127.0.0.1\t:1',
  'tcp://127.0.0.1\n:1',
  'fd://',
  'fd://127.0.0.1:1',
  'npipe://x',
  'npipe://a://b',
]

const byFlag = hosts.map(
  (host): ParityCase => ({ argv: ['-H', host, 'ps', '-q'], env: { DOCKER_HOST: null }, replies }),
)

/** Unusual addresses of reachable daemons. */
const reachable: ParityCase[] = [
  'tcp://<hostport>?a=b',
  'tcp://<hostport>#f',
  'tcp://u:secret@<hostport>',
  '<hostport>',
  'tcp://<hostport>/',
  'tcp://<hostport>/a/b/',
  'tcp://<hostport>/a%20b',
].map((host) => ({
  argv: ['ps', '-q'],
  daemon: 'tcp',
  env: { DOCKER_HOST: host },
  replies: {
    ...replies,
    'HEAD /a/b/_ping': { headers: { 'Api-Version': '1.50' } },
    'GET /a/b/v1.50/containers/json': json([]),
    'HEAD /a%20b/_ping': { headers: { 'Api-Version': '1.50' } },
    'GET /a%20b/v1.50/containers/json': json([]),
  },
  note: `DOCKER_HOST=${host}`,
}))

/** Addresses with TLS, whose default ports differ. */
const withTls: ParityCase[] = [[], ['-H', ''], ['-H', '127.0.0.1'], ['-H', 'tcp://'], ['-H', ':1']].map((host) => ({
  argv: ['--tls', '--tlscacert', '', ...host, 'ps', '-q'],
  env: { DOCKER_HOST: null },
}))

/** Addresses of the default context in `docker context ls`. */
const listed: ParityCase[] = ['tcp://u:secret@127.0.0.1:1/x?y', '::1', 'ssh://h/x', 'bogus://x', 'tcp://h:x'].map(
  (host) => ({
    argv: ['context', 'ls', '--format', '{{.Name}} {{.DockerEndpoint}} {{.Error}}'],
    env: { DOCKER_HOST: host },
    note: `DOCKER_HOST=${host}`,
  }),
)

/** Values of DOCKER_API_VERSION. */
const versions: ParityCase[] = [
  '1.41',
  'v1.41',
  'vv1.41',
  '1',
  '1.',
  '1.x',
  '0',
  '2.0',
  '1.99',
  '1.24',
  '1.23',
  '1.5.0',
  '01.41',
  '-1',
  'foo',
  '',
  ' ',
  ' 1.41',
  '1.41 ',
  '1.41/../x',
  '../x',
  '1.41?a=b',
  '1.41\r\nX-Evil: 1',
  'é',
].map((version) => ({
  argv: ['ps', '-q'],
  env: { DOCKER_API_VERSION: version },
  replies,
  note: `DOCKER_API_VERSION=${JSON.stringify(version)}`,
}))

export const endpointForms: ParityGroup = {
  name: 'endpoint-forms',
  cases: [...byFlag, ...reachable, ...withTls, ...listed, ...versions],
}
