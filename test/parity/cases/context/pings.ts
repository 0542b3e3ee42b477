import { json, noContent, type Replies, type Reply } from '../../../support/fake-replies.ts'
import type { ParityCase, ParityGroup } from '../../case.ts'
import { container } from '../container/containers.ts'

const replies: Replies = {
  'GET /containers/json': json([container()]),
  'POST /containers/create': { status: 201, json: { Id: 'c0ffee', Warnings: [] } },
  'POST /containers/c/exec': { status: 201, json: { Id: 'e0' } },
  'POST /exec/e0/start': noContent,
  'GET /images/x/json': json({}),
}

const html: Reply = { headers: { 'Content-Type': 'text/html' }, chunks: ['<html><body>no</body></html>\n'] }
const plain: Reply = { headers: { 'Content-Type': 'text/plain' }, chunks: ['forbidden by the proxy\n'] }
const message: Reply = json({ message: 'not for you' })

/** Refusals of `/_ping`, for both HEAD and GET. */
const refusals: readonly (readonly [string, Reply])[] = [
  400, 401, 403, 404, 405, 407, 429, 500, 501, 502, 503, 504,
].flatMap((status): [string, Reply][] => [
  [`${status}, nothing`, { status }],
  [`${status}, HTML`, { ...html, status }],
  [`${status}, JSON`, { ...message, status }],
])

const others: readonly (readonly [string, Reply])[] = [
  ['403, text', { ...plain, status: 403 }],
  ['200, HTML', html],
  ['200, nothing', {}],
  ['204', { status: 204 }],
  ['301', { status: 301, headers: { Location: '/elsewhere' } }],
  ['302 to another host', { status: 302, headers: { Location: 'http://127.0.0.1:1/_ping' } }],
  ['304', { status: 304 }],
  ['the connection is closed', { fail: 'close-before-response' }],
]

const withoutVersion = { 'Api-Version': null }

const always: ParityCase[] = [...refusals, ...others].flatMap(([note, reply]): ParityCase[] => {
  const responded = { ...replies, 'HEAD /_ping': reply, 'GET /_ping': reply }
  return [
    { argv: ['ps', '-q'], headers: withoutVersion, replies: responded, note },
    { argv: ['ps', '-q'], apiVersion: '1.41', replies: responded, note: `${note}, with a version` },
  ]
})

/** A proxy that refuses HEAD, or both HEAD and GET. */
const headOnly: ParityCase[] = [400, 403, 404, 405, 500, 501, 503].flatMap((status): ParityCase[] => [
  {
    argv: ['ps', '-q'],
    apiVersion: '1.41',
    replies: { ...replies, 'HEAD /_ping': { status } },
    note: `HEAD gets ${status}`,
  },
  {
    argv: ['ps', '-q'],
    replies: {
      ...replies,
      'HEAD /_ping': { status, headers: { 'Api-Version': '1.40' } },
      'GET /_ping': { status: 403 },
    },
    note: `HEAD gets ${status}, GET 403`,
  },
])

/** Commands with flags that the oldest API version does not support. */
const commands: ParityCase[] = ['403, nothing', '503, HTML', '200, nothing'].flatMap((note): ParityCase[] => {
  const reply = [...refusals, ...others].find(([name]) => name === note)?.[1] ?? {}
  const responded = { ...replies, 'HEAD /_ping': reply, 'GET /_ping': reply }
  return (
    [
      ['create', '--platform', 'linux/amd64', 'x'],
      ['exec', '-d', '-e', 'A=b', 'c', 'true'],
      ['run', '-d', 'x'],
      ['stop', 'c'],
      ['restart', 'c'],
      ['wait', 'c'],
      ['images'],
      ['network', 'create', 'n'],
      ['volume', 'prune', '-f'],
      ['container', 'prune', '-f'],
      ['image', 'prune', '-f'],
      ['network', 'prune', '-f'],
      ['service', 'create', '--detach', 'x'],
      ['rm', 'c'],
      ['kill', 'c'],
      ['pull', 'x'],
      ['version', '--format', '{{.Client.APIVersion}}'],
    ]
      // With such an old API version there is no prune, and `run` waits in another way.

      .filter((argv) => note !== '200, nothing' || !(argv.includes('prune') || argv.includes('run')))
      .map((argv) => ({ argv, headers: withoutVersion, replies: responded, note }))
  )
})

/** Unusual and invalid API versions of daemons. */
const versions: ParityCase[] = ['1.24', '1.23', '1.12', '1.99', '2.0', 'foo', '1.x', ' 1.41', '1.41/../..', ''].map(
  (apiVersion) => ({
    argv: ['ps', '-q'],
    headers: { 'Api-Version': apiVersion },
    replies,
    note: `Api-Version: ${apiVersion}`,
  }),
)

export const pings: ParityGroup = { name: 'pings', cases: [...always, ...headOnly, ...commands, ...versions] }
