import { createHash } from 'node:crypto'
import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { container } from '../container/containers.ts'

const one: Replies = { 'GET /containers/json': json([container()]) }
const noHost = { DOCKER_HOST: null }
const socket = 'unix://<dir>/docker.sock'

/** No case may connect to the machine's own daemon or name server. */
const hosts: ParityCase[] = [
  ...each(
    [],
    [
      ['-H', socket, 'ps', '-q'],
      [`-H${socket}`, 'ps', '-q'],
      [`-H=${socket}`, 'ps', '-q'],
      ['--host', socket, 'ps', '-q'],
      [`--host=${socket}`, 'container', 'ls', '-q'],
      ['-H', socket, '-H', socket, 'ps', '-q'],
      ['-H', 'unix://<dir>/other.sock', 'ps'],
      ['-H', 'bogus://x', 'ps'],
      ['-H', 'tcp://127.0.0.1:1', 'ps'],
      ['-H', '127.0.0.1:1', 'ps'],
      ['-H', ':1', 'ps'],
      ['-H', 'tcp://127.0.0.1:badport', 'ps'],
      ['-H', 'tcp://127.0.0.1:99999', 'ps'],
      ['-H', 'tcp://[::1]:1', 'ps'],
      ['-H', 'http://127.0.0.1:1', 'ps'],
      ['-H', 'https://127.0.0.1:1', 'ps'],
      ['-H', 'npipe:////./pipe/docker_engine', 'ps'],
      ['-H', 'fd://', 'ps'],
      ['-H', 'unix://x y', 'ps'],
      ['-H', ' unix://<dir>/docker.sock ', 'ps', '-q'],
    ],
    { env: noHost, replies: one, note: 'no DOCKER_HOST' },
  ),
  ...[
    socket,
    'bogus://x',
    'tcp://127.0.0.1:1',
    'tcp://127.0.0.1:badport',
    '127.0.0.1:1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:1',
    'npipe://x',
  ].map(
    (host): ParityCase => ({
      argv: ['ps', '-q'],
      env: { DOCKER_HOST: host },
      replies: one,
      note: `DOCKER_HOST=${host}`,
    }),
  ),
  { argv: ['-H', 'unix://<dir>/other.sock', 'ps', '-q'], replies: one, note: 'DOCKER_HOST is another' },
  { argv: ['ps', '-q'], daemon: 'tcp', replies: one, note: 'tcp' },
  { argv: ['stop', 'a'], daemon: 'tcp', replies: { 'POST /containers/a/stop': failure(409, 'no') }, note: 'tcp' },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: '<host>/base/path' },
    daemon: 'tcp',
    replies: one,
    note: 'tcp with a path',
  },
]

const metaDirectory = (name: string) =>
  `.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`
const contextFile = (name: string, host: string, extra: object = {}) => ({
  [metaDirectory(name)]: JSON.stringify({
    Name: name,
    Metadata: {},
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    ...extra,
  }),
})

const contexts: ParityCase[] = [
  ...each(
    [],
    [
      ['--context', 'default', 'ps', '-q'],
      ['-c', 'default', 'ps', '-q'],
      ['-cdefault', 'ps', '-q'],
      ['--context=bogus', 'ps', '-q'],
      ['--context', '', 'ps', '-q'],
      ['--context', 'bad name', 'ps', '-q'],
      ['--context', 'default', '-H', socket, 'ps', '-q'],
      ['--context', 'bogus', '--host', socket, 'ps', '-q'],
    ],
    { replies: one, note: 'context' },
  ),
  {
    argv: ['--context', 'mine', 'ps', '-q'],
    files: contextFile('mine', socket),
    env: noHost,
    replies: one,
    note: 'a stored context',
  },
  {
    argv: ['--context', 'mine', 'ps', '-q'],
    files: contextFile('mine', socket),
    env: { DOCKER_HOST: 'unix://<dir>/other.sock' },
    replies: one,
    note: 'a stored context over DOCKER_HOST',
  },
  {
    argv: ['ps', '-q'],
    files: contextFile('mine', socket),
    env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'mine' },
    replies: one,
    note: 'DOCKER_CONTEXT',
  },
  {
    argv: ['ps', '-q'],
    files: contextFile('mine', 'unix://<dir>/other.sock'),
    env: { DOCKER_CONTEXT: 'mine' },
    replies: one,
    note: 'DOCKER_CONTEXT and DOCKER_HOST',
  },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'bogus' },
    replies: one,
    note: 'DOCKER_CONTEXT=bogus',
  },
  {
    argv: ['ps', '-q'],
    files: contextFile('mine', socket),
    config: { currentContext: 'mine' },
    env: noHost,
    replies: one,
    note: 'currentContext',
  },
  {
    argv: ['ps', '-q'],
    config: { currentContext: 'bogus' },
    env: noHost,
    replies: one,
    note: 'currentContext is bogus',
  },
  {
    argv: ['ps', '-q'],
    config: { currentContext: 'bogus' },
    replies: one,
    note: 'currentContext is bogus, DOCKER_HOST set',
  },
  {
    argv: ['--context', 'default', 'ps', '-q'],
    config: { currentContext: 'bogus' },
    replies: one,
    note: 'currentContext is bogus',
  },
  {
    argv: ['--context', 'mine', 'ps', '-q'],
    files: { [metaDirectory('mine')]: '{bad' },
    env: noHost,
    replies: one,
    note: 'meta.json is not JSON',
  },
]

const tls: ParityCase[] = [
  ...each(
    [],
    [
      ['--tls', 'ps', '-q'],
      ['--tlsverify', 'ps', '-q'],
      ['--tlscacert', '<dir>/none.pem', '--tlsverify', 'ps', '-q'],
      ['--tlscert', '<dir>/none.pem', '--tls', 'ps', '-q'],
      ['--tlskey', '<dir>/none.pem', 'ps', '-q'],
    ],
    { replies: one, note: 'unix' },
  ),
  ...each(
    [],
    [
      ['--tls', 'ps', '-q'],
      ['--tlsverify', 'ps', '-q'],
      ['--tlscacert', '<dir>/none.pem', '--tlsverify', 'ps', '-q'],
    ],
    {
      env: { DOCKER_HOST: 'tcp://127.0.0.1:1' },
      replies: one,
      note: 'tcp',
    },
  ),
  {
    argv: ['ps', '-q'],
    env: { DOCKER_TLS_VERIFY: '1', DOCKER_HOST: 'tcp://127.0.0.1:1' },
    note: 'DOCKER_TLS_VERIFY=1',
  },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '<dir>/certs', DOCKER_HOST: 'tcp://127.0.0.1:1' },
    note: 'DOCKER_CERT_PATH',
  },
  { argv: ['ps', '-q'], env: { DOCKER_TLS: '1', DOCKER_HOST: 'tcp://127.0.0.1:1' }, note: 'DOCKER_TLS=1' },
  { argv: ['ps', '-q'], env: { DOCKER_TLS_VERIFY: '' }, replies: one, note: 'DOCKER_TLS_VERIFY is empty' },
]

/** The fake daemon acts as a proxy in front of a daemon. */
const proxies: ParityCase[] = [
  { HTTP_PROXY: 'http://<hostport>' },
  { http_proxy: '<hostport>' },
  { HTTP_PROXY: 'http://me:p%40ss@<hostport>/' },
  { HTTP_PROXY: 'ftp://<hostport>' },
  { HTTP_PROXY: '', http_proxy: 'http://<hostport>' },
  { HTTP_PROXY: 'http://<hostport>', NO_PROXY: 'elsewhere.test,.daemon.test,daemon.test:1,10.0.0.0/8' },
  { HTTP_PROXY: 'http://<hostport>', REQUEST_METHOD: 'GET' },
  { HTTP_PROXY: 'http://<hostport>', DOCKER_HOST: 'tcp://daemon.test:2375/base' },
  { HTTP_PROXY: 'http://<hostport>', DOCKER_HOST: 'tcp://[fd00::1]:2375' },
  { HTTP_PROXY: 'http://127.0.0.1:1' },
].map((env, at) => ({
  argv: ['ps', '-q'],
  daemon: 'tcp',
  env: { DOCKER_HOST: 'tcp://daemon.test:2375', ...env },
  replies: {
    ...one,
    'HEAD /base/_ping': { headers: { 'Api-Version': '1.50' } },
    'GET /base/v1.50/containers/json': json([]),
  },
  note: `by a proxy, ${at}`,
}))

const more: ParityCase[] = each(
  [],
  [
    ['logs', 'a'],
    ['pull', 'x:1'],
    ['volume', 'create', 'v'],
  ],
  {
    daemon: 'tcp',
    env: { DOCKER_HOST: 'tcp://daemon.test:2375', HTTP_PROXY: 'http://<hostport>' },
    note: 'by a proxy',
  },
)

/** No request of these cases may reach the proxy. */
const noProxies: ParityCase[] = [
  { argv: ['ps', '-q'], env: { HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://127.0.0.1:1' }, replies: one },
  { argv: ['ps', '-q'], daemon: 'tcp', env: { HTTP_PROXY: 'http://127.0.0.1:1' }, replies: one },
]

export const endpoint: ParityGroup = {
  name: 'endpoint',
  cases: [
    ...hosts,
    ...contexts,
    ...tls,
    ...proxies,
    ...more,
    ...noProxies.map((parityCase) => ({ ...parityCase, note: parityCase.daemon ? 'tcp, no proxy' : 'unix, no proxy' })),
  ],
}
