import { json, type Replies } from '../../../support/fake-replies.ts'
import type { ParityCase, ParityGroup } from '../../case.ts'

const file = (text: string) => ({ '.docker/config.json': { mode: 0o600, text } })
const replies: Replies = {
  'GET /containers/json': json([]),
  'POST /images/*/push': { lines: [{ status: 'Preparing', id: 'x' }] },
}

/** What docker sends to `r.example`. */
const entries = [
  '{"auths":{"r.example":{"username":"u","password":"p"}}}',
  '{"auths":{"r.example":{"username":"u","password":"p","email":"e@x"}}}',
  '{"auths":{"r.example":{"username":"u","password":"p","auth":"YTpi"}}}',
  '{"auths":{"r.example":{"username":"u","auth":""}}}',
  '{"auths":{"r.example":{"password":"p"}}}',
  '{"auths":{"r.example":{"auth":"YTpi","identitytoken":"tok","email":"e"}}}',
  '{"auths":{"https://r.example/v1/":{"username":"u","password":"p"}}}',
  '{"AUTHS":{"r.example":{"USERNAME":"u","Password":"p"}}}',
  '{"credHelpers":{"r.example":""},"auths":{"r.example":{"auth":"YTpi"}}}',
  '{"credsStore":"missing","credHelpers":{"r.example":""},"auths":{"r.example":{"auth":"YTpi"}}}',
  '{"auths":{"r.example":{"auth":"YT\\npi"}}}',
  '{"auths":{"r.example":{"auth":"\\r\\nYTpi\\r\\n"}}}',
  '{"auths":{"r.example":{"auth":"YTpi"}}}}}',
  '{"auths":{"r.example":{"auth":"YTpi"}}},',
  '{"auths":{"r.example":{"auth":"YTpi"}}} trailing',
  '{"auths":{"r.example":{"auth":"YTpi"}},"auths":{"r.example":{"auth":"Yzpk"}}}',
]

/** Values of wrong types, each with its own error of Go's decoder. */
const wrong = [
  '[]',
  '"x"',
  '5',
  'true',
  'null',
  '{"psFormat":5}',
  '{"pluginsFormat":{},"nodesFormat":6}',
  '{"nodesFormat":6,"pluginsFormat":{}}',
  '{"experimental":5}',
  '{"credsStore":[],"psFormat":5}',
  '{"auths":[]}',
  '{"auths":{"a":5}}',
  '{"auths":{"a":{"auth":5}}}',
  '{"auths":{"a":{"identitytoken":[]}}}',
  '{"auths":{"a":{"auth":"YT pi"}}}',
  '{"auths":{"a":{"auth":"YQ=="}}}',
  '{"auths":{"a":{"auth":"OnA="}}}',
  '{"auths":{"a":{"auth":"YTpi="}}}',
  '{"auths":{"a":{"auth":"YTp"}}}',
  '{"auths":{"a":{"auth":"YTp=x"}}}',
  '{"auths":{"a":{"auth":"YT=="}}}',
  '{"auths":{"a":{"auth":"YT="}}}',
  '{"auths":{"a":{"auth":"Y==="}}}',
  '{"auths":{"a":{"auth":"YTpi\\nYT\\n"}}}',
  '{"auths":{"a":{"auth":"é"}}}',
  '{"HttpHeaders":{"a":5}}',
  '{"HttpHeaders":5}',
  '{"credHelpers":{"a":5}}',
  '{"pruneFilters":5}',
  '{"pruneFilters":["a",5]}',
  '{"cliPluginsExtraDirs":["a",{}]}',
  '{"proxies":{"a":5}}',
  '{"proxies":{"a":{"httpProxy":5}}}',
  '{"plugins":5}',
  '{"plugins":{"a":5}}',
  '{"plugins":{"a":{"b":5}}}',
  '{"features":{"a":true}}',
  '{"aliases":5}',
  '{"aliases":null}',
  '{"aliases":{"builder":5}}',
  '{"aliases":{"builder":"ps x"}}',
  '{"aliases":{"builder":"image"}}',
  '{"aliases":{"builder":"foo bar"}}',
  '{"aliases":{"ps":5}}',
  '{"aliases":{"ps":"ls"}}',
  '{"ALIASES":{"a b":"ls"}}',
]

/** Files from which `logout a` removes the entry. */
const odd = [
  '{"auths":{"a":{"auth":"YTpi"},"b":{"auth":"YTpi"}},"psFormat":5}',
  '{"psFormat":5,"auths":{"a":{"auth":"YTpi"}}}',
  '{"auths":{"a":{"auth":"YTpi"},"b":5}}',
  '{"auths":{"a":5}}',
  '{"auths":{"a":{"auth":"???"},"b":{}}}',
  '{"auths":{"a":{"auth":"YTpi"}}}}},',
  '{"HttpHeaders":[],"auths":{"a":{"username":"u","password":"p"}}}',
  '{"auths":{"a":{"auth":"YTpi"}',
  '[]',
]

const cases: ParityCase[] = [
  ...entries.map((text) => ({ argv: ['push', 'r.example/x'], files: file(text), replies, note: text })),
  ...wrong.map((text) => ({ argv: ['ps', '-q'], files: file(text), replies, note: text })),
  ...['run', '--help', 'nosuchcommand', 'help'].map((word) => ({
    argv: [word],
    files: file('{"aliases":{"ps":"ls"}}'),
    replies,
    note: 'with a forbidden alias',
  })),
  ...odd.map((text) => ({
    argv: ['logout', 'a'],
    files: file(text),
    replies,
    outputs: ['.docker/config.json'],
    note: text,
  })),
]

export const configValues: ParityGroup = { name: 'config-values', cases }
