import { json } from '../../support/fake-replies.ts'
import { ISSUED } from '../../support/oauth-issuer.ts'
import type { TerminalCase } from './case.ts'

const HUB = 'https://index.docker.io/v1/'
const replies = { 'POST /auth': json({ Status: 'Login Succeeded', IdentityToken: '' }) }
/** docker's hints about accounts and passwords, with ours. */
const rewordings = [
  [
    "Log in with your Docker ID or email address to push and pull images from Docker Hub. If you don't ha\n" +
      've a Docker ID, head over to https://hub.docker.com/ to create one.\n' +
      'You can log in with your password or a Personal Access Token (PAT). Using a limited-scope PAT grants\n' +
      ' better security and is required for organizations using SSO. Learn more at https://docs.docker.com/\n' +
      'go/access-tokens/\n\n',
    'Log in with your Docker ID or email address. No Docker ID yet? Sign up at https://hub.docker.com/\n',
  ],
  [
    'A Personal Access Token (PAT) can be used instead.\n' +
      '         To create a PAT, visit https://app.docker.com/settings\n         \n',
    'You can use a personal access token instead: https://app.docker.com/settings\n',
  ],
] as const
const plain = { columns: 100, replies, config: {}, rewordings }
const byHand = { ...plain, env: { DOCKER_CLI_DISABLE_OAUTH_LOGIN: '1' } }
const web = { ...plain, argv: ['login'] }

const basic = { auth: Buffer.from('someone:secret').toString('base64') }

const entry = (secret: string) => ({ auth: Buffer.from(`moby:${secret}`).toString('base64') })
const loggedIn = (refreshToken: string) => ({
  auths: {
    [HUB]: entry(ISSUED.password),
    [`${HUB}access-token`]: entry(ISSUED.accessToken),
    [`${HUB}refresh-token`]: entry(refreshToken),
  },
})
const logout = { columns: 100, argv: ['logout'], steps: [{ until: 'Removing' }] }
const ours = `${ISSUED.refreshToken}..L4v0dmlNBpYUjGGab0C2JtgTgXr1Qz4d`

export const logins: readonly TerminalCase[] = [
  {
    ...plain,
    name: 'login-server',
    argv: ['login', 'example.com'],
    steps: [
      { until: 'Username:' },
      { type: 'me\r', until: 'Password:' },
      { type: 'secret\r', until: 'Login Succeeded' },
    ],
  },
  {
    ...plain,
    name: 'login-typed-ahead',
    argv: ['login', 'example.com'],
    steps: [{ until: 'Username:' }, { type: 'me\rsecret\r', until: 'Login Succeeded' }],
  },
  {
    ...plain,
    name: 'login-edited',
    argv: ['login', 'example.com'],
    steps: [
      { until: 'Username:' },
      { type: 'you\x15he\x7f\x7fme\r', until: 'Password:' },
      // Ctrl-T and Escape are characters like others, and no key shows the password.
      { type: 'first word\x15se\x7f\u00e9\x7fecrete more\x17\x7f\x7f\x14\x1b[C\t', until: 'Password:' },
      { type: '\r', until: 'Login Succeeded' },
    ],
  },
  {
    ...byHand,
    name: 'login-hub-by-hand',
    argv: ['login'],
    steps: [
      { until: 'Username:' },
      { type: 'me\r', until: 'Password:' },
      { type: 'secret\r', until: 'Login Succeeded' },
    ],
  },
  {
    ...plain,
    name: 'login-hub-user',
    argv: ['login', '-u', 'me'],
    steps: [{ until: 'Password:' }, { type: 'secret\r', until: 'Login Succeeded' }],
  },
  {
    ...plain,
    name: 'login-no-user',
    argv: ['login', 'example.com'],
    steps: [{ until: 'Username:' }, { type: '\r' }],
  },
  {
    ...plain,
    name: 'login-no-password',
    argv: ['login', '-u', 'me', 'example.com'],
    steps: [{ until: 'Password:' }, { type: '\r' }],
  },
  {
    ...plain,
    name: 'login-helper-installed',
    argv: ['login', '-u', 'me', 'example.com'],
    config: { auths: { other: basic } },
    files: { 'bin/docker-credential-pass': { mode: 0o755, text: '#!/bin/sh\n' } },
    rewordings: [
      [
        'https://docs.docker.com/go/credential-store/\n\n',
        'https://docs.docker.com/go/credential-store/\n\n' +
          'hint: docker-credential-pass is installed; put "credsStore": "pass" into that file, and log in again\n',
      ],
    ],
    steps: [{ until: 'Password:' }, { type: 'secret\r', until: 'Login Succeeded' }],
  },
  {
    ...plain,
    name: 'login-interrupted',
    ownEnding: {
      ending: 'exit 130 signal 0',
      because: 'a login that was given up has not succeeded',
    },
    argv: ['login', 'example.com'],
    steps: [{ until: 'Username:' }, { type: '\x03' }],
  },
  {
    ...plain,
    name: 'login-interrupted-at-password',
    ownEnding: {
      ending: 'exit 130 signal 0',
      because: 'a login that was given up has not succeeded',
    },
    argv: ['login', 'example.com'],
    steps: [{ until: 'Username:' }, { type: 'me\r', until: 'Password:' }, { type: 'sec\x03' }],
  },
  {
    ...plain,
    name: 'login-stored-refused',
    argv: ['login', 'example.com'],
    config: { auths: { 'example.com': basic } },
    replies: { 'POST /auth': [{ status: 401, json: { message: 'no' } }, json({ Status: 'Login Succeeded' })] },
    steps: [
      { until: 'Username (someone):' },
      { type: '\r', until: 'Password:' },
      { type: 'secret\r', until: 'Login Succeeded' },
    ],
  },
  {
    ...plain,
    name: 'login-stored',
    argv: ['login', 'example.com'],
    config: { auths: { 'example.com': basic } },
    steps: [{ until: 'Login Succeeded' }],
  },
  {
    ...web,
    name: 'web-login',
    issuer: { pending: 1 },
    steps: [{ until: 'Waiting for authentication' }, { until: 'Login Succeeded' }],
  },
  {
    ...web,
    name: 'web-login-docker-io',
    argv: ['login', 'docker.io'],
    issuer: { pending: 0 },
    steps: [{ until: 'Login Succeeded' }],
  },
  {
    ...web,
    name: 'web-login-index',
    argv: ['login', HUB],
    issuer: { pending: 0 },
    steps: [{ until: 'Login Succeeded' }],
  },
  {
    ...web,
    name: 'web-login-enter',
    issuer: { pending: 1 },
    outputs: ['opened'],
    files: { 'bin/xdg-open': { mode: 0o755, text: '#!/bin/sh\necho "opened $*" > <dir>/opened\necho noise\n' } },
    steps: [{ until: 'Waiting for authentication' }, { type: '\r' }, { until: 'Login Succeeded' }],
  },
  {
    ...web,
    name: 'web-login-interrupted',
    issuer: { pending: 100 },
    steps: [{ until: 'Waiting for authentication' }, { type: '\x03' }],
  },
  {
    ...web,
    name: 'web-login-denied',
    issuer: {
      instead: { '/oauth/token': [403, '{"error":"access_denied","error_description":"User cancelled the login."}'] },
    },
    steps: [{ until: 'Waiting for authentication' }, { until: 'User cancelled' }],
  },
  {
    ...web,
    name: 'web-login-expired',
    issuer: { device: { expires_in: 1, interval: 2 } },
    steps: [{ until: 'Waiting for authentication' }, { until: 'timed out' }],
  },
  {
    ...web,
    name: 'web-login-garbage',
    issuer: { instead: { '/oauth/token': [200, 'no json'] } },
    steps: [{ until: 'failed' }],
  },
  {
    ...web,
    name: 'web-login-bad-token',
    issuer: { instead: { '/oauth/token': [200, '{"access_token":"opaque"}'] } },
    steps: [{ until: 'failed' }],
  },
  {
    ...web,
    name: 'web-login-no-password',
    issuer: { pending: 0, instead: { '/v2/access-tokens/desktop-generate': [500, '{}'] } },
    steps: [{ until: 'unexpected response' }],
  },
  {
    ...web,
    name: 'web-login-refused-by-registry',
    issuer: { pending: 0 },
    replies: { 'POST /auth': { status: 401, json: { message: 'unauthorized: no' } } },
    steps: [{ until: 'unauthorized' }],
  },
  {
    ...web,
    name: 'web-login-cannot-start',
    issuer: { instead: { '/oauth/device/code': [500, '{}'] } },
    steps: [
      { until: 'Username:' },
      { type: 'me\r', until: 'Password:' },
      { type: 'secret\r', until: 'Login Succeeded' },
    ],
  },
  {
    ...web,
    name: 'web-login-no-code',
    issuer: { device: { user_code: '' } },
    steps: [{ until: 'Username:' }, { type: 'me\r', until: 'Password:' }, { type: 's\r', until: 'Login Succeeded' }],
  },
  { ...logout, name: 'web-logout', config: loggedIn(ours), issuer: {} },
  { ...logout, name: 'web-logout-others-token', config: loggedIn('a-token'), issuer: {} },
  {
    ...logout,
    name: 'web-logout-not-revoked',
    config: loggedIn(ours),
    issuer: { instead: { '/oauth/revoke': [400, '{"error_description":"no such token"}'] } },
  },
]
