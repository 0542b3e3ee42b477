import { failure, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { auths, DIGEST, helpers } from '../registry/credentials.ts'

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
  {
    argv: ['push', 'a'],
    replies: {
      'POST /images/*/push': {
        lines: [
          { status: 'The push refers to repository [docker.io/library/a]' },
          { status: 'Preparing', progressDetail: {}, id: 'aaaaaaaaaaaa' },
          { status: 'Layer already exists', progressDetail: {}, id: 'aaaaaaaaaaaa' },
          { status: 'Mounted from library/b', progressDetail: {}, id: 'bbbbbbbbbbbb' },
          { status: `latest: digest: ${DIGEST} size: 528` },
          { progressDetail: {}, aux: { Tag: 'latest', Digest: DIGEST, Size: 528 } },
        ],
      },
    },
    note: 'layers exist',
  },
  {
    argv: ['push', '-a', 'example.com/a'],
    replies: {
      'POST /images/*/push': {
        lines: [
          { status: 'The push refers to repository [example.com/a]' },
          { status: 'Pushed', progressDetail: {}, id: 'aaaaaaaaaaaa' },
          { status: `1: digest: ${DIGEST} size: 528` },
          { progressDetail: {}, aux: { Tag: '1', Digest: DIGEST, Size: 528 } },
          { status: 'Layer already exists', progressDetail: {}, id: 'aaaaaaaaaaaa' },
          { status: `2: digest: ${DIGEST} size: 528` },
          { progressDetail: {}, aux: { Tag: '2', Digest: DIGEST, Size: 528 } },
        ],
      },
    },
    note: 'several tags',
  },
  ...each(['push'], [['[::1]:5000/a'], ['localhost/a:x'], ['127.0.0.1:5000/a/b/c:x']], {
    replies: pushing,
    note: 'registries',
  }),
  { argv: ['push', 'a'], config: { HttpHeaders: { 'X-Meta': 'one' } }, replies: pushing, note: 'HttpHeaders' },
  ...['no basic auth credentials', 'toomanyrequests: slow down', 'received unexpected HTTP status: 500'].map(
    (message): ParityCase => ({
      argv: ['push', 'example.com/a'],
      replies: {
        'POST /images/*/push': {
          lines: [
            { status: 'The push refers to repository [example.com/a]' },
            { status: 'Preparing', progressDetail: {}, id: 'aaaaaaaaaaaa' },
            { errorDetail: { message }, error: message },
          ],
        },
      },
      note: message,
    }),
  ),
  {
    argv: ['push', 'example.com/a'],
    replies: { 'POST /images/*/push': { chunks: ['{"status":"x"}\n'], fail: 'close-mid-response' } },
    note: 'closes mid-response',
  },
  { argv: ['image', 'push', 'a'], replies: pushing },
  { argv: ['image', 'push'] },
]

export const push: ParityGroup = { name: 'push', cases: pushCases }
