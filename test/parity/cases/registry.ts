import { failure, json, type Replies } from '../../support/fake-replies.ts'
import { each, type FileContent, helpIsOurs, type ParityCase, type ParityGroup } from '../case.ts'

const DIGEST = 'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1'
const basic = (user: string, password: string) => ({ auth: Buffer.from(`${user}:${password}`).toString('base64') })
const HUB = 'https://index.docker.io/v1/'
const auths = {
  auths: {
    [HUB]: basic('hubber', 'hub+/secret'),
    'example.com': basic('someone', 'pässwörd?~'),
    'token.example.com': { ...basic('u', ''), identitytoken: 'idtoken' },
    'https://schemed.example.com/v2/': basic('s', 'c'),
  },
}

/** A credential helper in shell built-ins: knows one server, and writes down what it was asked. */
const helper: FileContent = {
  mode: 0o755,
  text: `#!/bin/sh
read -r line
echo "$1 $line" >> "$HOME/helper.log"
case "$1 $line" in
  "get helped.example.com") echo '{"ServerURL":"helped.example.com","Username":"helped","Secret":"from helper"}' ;;
  "get token.example.com") echo '{"ServerURL":"token.example.com","Username":"<token>","Secret":"identity"}' ;;
  "get broken.example.com") echo 'helper is broken'; exit 1 ;;
  get*) echo 'credentials not found in native keychain'; exit 1 ;;
  list*) echo '{"helped.example.com":"helped"}' ;;
esac
`,
}
const helpers = { 'bin/docker-credential-fake': helper }

// pull

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
    replies: { 'POST /images/create': { chunks: ['{"status":"x"}\n'], fail: 'close-mid-answer' } },
    note: 'closes mid-answer',
  },
  {
    argv: ['pull', 'a'],
    replies: { 'POST /images/create': { chunks: ['{"status":"sp', 'lit"}{"status":"two","id":"b"}\n{"status":"é"}'] } },
    note: 'split JSON',
  },
  { argv: ['pull', 'a'], replies: { 'POST /images/create': { lines: [] } }, note: 'no lines' },
  { argv: ['pull', '--platform', 'linux/arm64', 'a'], apiVersion: '1.31', replies: pulling, note: 'daemon 1.31' },
  { argv: ['image', 'pull', 'a'], replies: pulling },
  { argv: ['image', 'pull'] },
]

// push

const pushing: Replies = {
  'POST /images/*/push': {
    lines: [
      { status: 'The push refers to repository [docker.io/library/a]' },
      { status: 'Preparing', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: 'Pushing', progressDetail: { current: 512, total: 1024 }, progress: '[=>  ]', id: 'aaaaaaaaaaaa' },
      { status: 'Pushed', progressDetail: {}, id: 'aaaaaaaaaaaa' },
      { status: `latest: digest: ${DIGEST} size: 528` },
      { progressDetail: {}, aux: { Tag: 'latest', Digest: DIGEST, Size: 528 } },
    ],
  },
}

const pushCases: ParityCase[] = [
  ...each(
    ['push'],
    [
      ['a'],
      ['a:1'],
      ['user/a:1'],
      ['example.com/team/a'],
      ['-q', 'a'],
      ['--quiet', 'example.com/a:2'],
      ['-a', 'a'],
      ['--all-tags', 'example.com/a'],
      ['-a', 'a:1'],
      [`a@${DIGEST}`],
      ['--platform', 'linux/amd64', 'a'],
      ['--platform', 'linux/arm64/v8', 'a:1'],
      ['--platform', 'bogus/x/y/z', 'a'],
      ['--disable-content-trust', 'a'],
      ['UPPER'],
      [''],
      ['a b'],
      [],
      ['a', 'b'],
      ['--bogus', 'a'],
      ['-x', 'a'],
    ],
    { replies: pushing },
  ),
  ...each(['push'], [['a'], ['example.com/a'], ['token.example.com/a:1'], ['other.example.com/a']], {
    config: auths,
    replies: pushing,
    note: 'auths',
  }),
  {
    argv: ['push', 'helped.example.com/a'],
    config: { credsStore: 'fake' },
    files: helpers,
    replies: pushing,
    note: 'credsStore',
  },
  { argv: ['push', '--platform', 'linux/amd64', 'a'], apiVersion: '1.45', replies: pushing, note: 'daemon 1.45' },
  {
    argv: ['push', 'a'],
    replies: { 'POST /images/*/push': failure(404, 'An image does not exist locally with the tag: a') },
    note: '404',
  },
  {
    argv: ['push', 'a'],
    replies: {
      'POST /images/*/push': {
        lines: [
          { status: 'Preparing', id: 'x' },
          {
            errorDetail: { message: 'denied: requested access to the resource is denied' },
            error: 'denied: requested access to the resource is denied',
          },
        ],
      },
    },
    note: 'denied',
  },
  {
    argv: ['push', '-q', 'a'],
    replies: { 'POST /images/*/push': { lines: [{ errorDetail: { message: 'denied' }, error: 'denied' }] } },
    note: 'denied',
  },
  { argv: ['image', 'push', 'a'], replies: pushing },
  { argv: ['image', 'push'] },
]

// login and logout

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

export const pull: ParityGroup = { name: 'pull', cases: pullCases }
export const push: ParityGroup = { name: 'push', cases: pushCases }
export const login: ParityGroup = { name: 'login', cases: loginCases }
export const logout: ParityGroup = { name: 'logout', cases: logoutCases }
