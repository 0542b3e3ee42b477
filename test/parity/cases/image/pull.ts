import { failure, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { auths, DIGEST, helpers } from '../registry/credentials.ts'

const pulling: Replies = {
  'POST /images/create': {
    lines: [
      { status: 'Pulling from library/a', id: 'latest' },
      { status: 'Already exists', progressDetail: {}, id: '0123456789ab' },
      { status: 'Pulling fs layer', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: 'Waiting', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      {
        status: 'Downloading',
        progressDetail: { current: 500_000, total: 2_000_000 },
        progress: '[===>  ]',
        id: 'aaaaaaaaaaaa',
      },
      { status: 'Download complete', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: 'Extracting', progressDetail: { current: 1, total: 2 }, progress: '[=>]', id: 'aaaaaaaaaaaa' },
      { status: 'Pull complete', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: `Digest: ${DIGEST}` },
      { status: 'Status: Downloaded newer image for a:latest' },
    ],
  },
}

const pullCases: ParityCase[] = [
  ...each(
    ['pull'],
    [
      ['a'],
      ['a:1.2'],
      ['user/a'],
      ['docker.io/library/a:x'],
      ['index.docker.io/a'],
      ['example.com/team/a:1'],
      ['localhost:5000/a'],
      [`a@${DIGEST}`],
      [`a:1@${DIGEST}`],
      ['-q', 'a'],
      ['--quiet', 'a:1'],
      ['-q', 'example.com/a'],
      ['a', '-q'],
      ['-a', 'a'],
      ['--all-tags', 'example.com/a'],
      ['-aq', 'a'],
      ['-a', 'a:1'],
      ['-a', `a@${DIGEST}`],
      ['--platform', 'linux/arm64', 'a'],
      ['--platform=linux/arm/v7', 'a'],
      ['--platform', 'bogus/x/y/z', 'a'],
      ['--platform', '', 'a'],
      ['--disable-content-trust', 'a'],
      ['--disable-content-trust=true', 'a'],
      ['UPPER'],
      ['a b'],
      [''],
      ['a:'],
      ['a@sha256:short'],
      ['https://example.com/a'],
      ['9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1'],
      [],
      ['a', 'b'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['--', 'a'],
    ],
    { replies: pulling },
  ),
  ...each(
    ['pull'],
    [
      ['a'],
      ['docker.io/x/y'],
      ['example.com/a'],
      ['token.example.com/a'],
      ['schemed.example.com/a'],
      ['other.example.com/a'],
      ['-q', 'example.com/a'],
    ],
    { config: auths, replies: pulling, note: 'auths' },
  ),
  ...each(
    ['pull'],
    [['helped.example.com/a'], ['token.example.com/a'], ['broken.example.com/a'], ['unknown.example.com/a']],
    {
      config: { credsStore: 'fake' },
      files: helpers,
      replies: pulling,
      outputs: ['helper.log'],
      note: 'credsStore',
    },
  ),
  {
    argv: ['pull', 'helped.example.com/a'],
    config: { ...auths, credHelpers: { 'helped.example.com': 'fake' } },
    files: helpers,
    replies: pulling,
    note: 'credHelpers',
  },
  { argv: ['pull', 'a'], config: { credsStore: 'absent' }, replies: pulling, note: 'no such helper' },
  {
    argv: ['pull', 'a'],
    env: { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' },
    replies: pulling,
    note: 'DOCKER_DEFAULT_PLATFORM',
  },
  {
    argv: ['pull', '--platform', 'linux/amd64', 'a'],
    env: { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' },
    replies: pulling,
    note: 'DOCKER_DEFAULT_PLATFORM',
  },
  {
    argv: ['pull', 'a'],
    replies: {
      'POST /images/create': failure(
        404,
        "pull access denied for a, repository does not exist or may require 'docker login'",
      ),
    },
    note: '404',
  },
  {
    argv: ['pull', 'a'],
    replies: { 'POST /images/create': failure(500, 'Get "https://registry-1.docker.io/v2/": dial tcp: i/o timeout') },
    note: '500',
  },
  { argv: ['pull', '-q', 'a'], replies: { 'POST /images/create': failure(404, 'manifest unknown') }, note: '404' },
  {
    argv: ['pull', 'a'],
    replies: {
      'POST /images/create': {
        lines: [
          { status: 'Pulling from a', id: 'latest' },
          { errorDetail: { message: 'toomanyrequests' }, error: 'toomanyrequests' },
        ],
      },
    },
    note: 'fails midway',
  },
  {
    argv: ['pull', '-q', 'a'],
    replies: {
      'POST /images/create': {
        lines: [{ status: 'x' }, { errorDetail: { code: 5, message: 'no space left' }, error: 'no space left' }],
      },
    },
    note: 'fails midway',
  },
  { argv: ['pull', 'a'], replies: { 'POST /images/create': { chunks: ['{"status":"x"}\n{bad'] } }, note: 'bad JSON' },
  {
    argv: ['pull', 'a'],
    replies: { 'POST /images/create': { chunks: ['{"status":"x"}\n'], fail: 'close-mid-response' } },
    note: 'closes mid-response',
  },
  {
    argv: ['pull', 'a'],
    replies: { 'POST /images/create': { chunks: ['{"status":"sp', 'lit"}{"status":"two","id":"b"}\n{"status":"é"}'] } },
    note: 'split JSON',
  },
  { argv: ['pull', 'a'], replies: { 'POST /images/create': { lines: [] } }, note: 'no lines' },
  { argv: ['pull', '--platform', 'linux/arm64', 'a'], apiVersion: '1.31', replies: pulling, note: 'daemon 1.31' },
  ...each(
    ['pull'],
    [['[::1]:5000/a'], ['[::1]/a:x'], ['localhost/a'], ['EXAMPLE.com/a'], ['a:5000/b'], ['127.0.0.1:5000/a/b/c:x']],
    { replies: pulling, note: 'registries' },
  ),
  {
    argv: ['pull', '-a', 'example.com/a'],
    replies: {
      'POST /images/create': {
        lines: [
          { status: 'Pulling from a', id: '1' },
          { status: 'Pull complete', progressDetail: {}, id: 'aaaaaaaaaaaa' },
          { status: `Digest: ${DIGEST}` },
          { status: 'Pulling from a', id: '2' },
          { status: 'Already exists', progressDetail: {}, id: 'aaaaaaaaaaaa' },
          { status: `Digest: ${DIGEST}` },
          { status: 'Status: Downloaded newer image for example.com/a' },
        ],
      },
    },
    note: 'several tags',
  },
  { argv: ['pull', 'a'], config: { HttpHeaders: { 'X-Meta': 'one' } }, replies: pulling, note: 'HttpHeaders' },
  ...[
    [403, 'denied: you are not welcome'],
    [429, 'toomanyrequests: slow down'],
    [500, 'Get "https://example.com/v2/": x509: certificate signed by unknown authority'],
    [500, 'Get "https://example.com/v2/": dial tcp 192.0.2.1:443: connect: connection refused'],
  ].map(
    ([status, message]): ParityCase => ({
      argv: ['pull', 'example.com/a'],
      replies: { 'POST /images/create': failure(Number(status), String(message)) },
      note: `${status} ${String(message).slice(0, 60)}`,
    }),
  ),
  {
    argv: ['pull', 'a'],
    replies: {
      'POST /images/create': { lines: [{ error: 'only error' }, { status: 'never shown' }] },
    },
    note: 'error without detail',
  },
  {
    argv: ['pull', 'a'],
    replies: {
      'POST /images/create': { lines: [{ errorDetail: {}, error: '' }, { status: 'shown?' }] },
    },
    note: 'empty error',
  },
  {
    argv: ['pull', 'a'],
    replies: {
      'POST /images/create': { lines: [{ errorDetail: { code: 401, message: 'who are you' }, error: 'who are you' }] },
    },
    note: 'error 401 midway',
  },
  { argv: ['image', 'pull', 'a'], replies: pulling },
  { argv: ['image', 'pull'] },
]

export const pull: ParityGroup = { name: 'pull', cases: pullCases }
