import { createHash } from 'node:crypto'
import { json, type Replies } from '../../../support/fake-replies.ts'
import type { FileContent, ParityCase, ParityGroup } from '../../case.ts'
import { container } from '../container/containers.ts'

const replies: Replies = { 'GET /containers/json': json([container()]) }
const socket = 'unix://<dir>/docker.sock'

function contextDirectory(name: string): string {
  return `.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}`
}

/** Returns the files of the context `low` with this content of its meta.json. */
function metaFile(content: FileContent): Record<string, FileContent> {
  return { [`${contextDirectory('low')}/meta.json`]: content }
}

/** Valid and invalid contents of a context's meta.json, by what is special about them. */
const metaTexts: Readonly<Record<string, string>> = {
  'no endpoints': '{"Name":"low","Metadata":{},"Endpoints":{}}',
  'no key Endpoints': '{"Name":"low","Metadata":{}}',
  'Endpoints is null': '{"Name":"low","Metadata":{},"Endpoints":null}',
  'Endpoints is a list': '{"Name":"low","Metadata":{},"Endpoints":[]}',
  'Endpoints is a text': '{"Name":"low","Metadata":{},"Endpoints":"x"}',
  'docker is null': '{"Name":"low","Endpoints":{"docker":null}}',
  'docker is empty': '{"Name":"low","Endpoints":{"docker":{}}}',
  'docker is a text': '{"Name":"low","Endpoints":{"docker":"tcp://127.0.0.1:1"}}',
  'docker is a list': '{"Name":"low","Endpoints":{"docker":[]}}',
  'docker is a number': '{"Name":"low","Endpoints":{"docker":7}}',
  'docker is true': '{"Name":"low","Endpoints":{"docker":true}}',
  'kubernetes alone': '{"Name":"low","Endpoints":{"kubernetes":{"Host":"https://k"}}}',
  'kubernetes is a text': `{"Name":"low","Endpoints":{"kubernetes":"x","docker":{"Host":"${socket}"}}}`,
  'kubernetes is null': `{"Name":"low","Endpoints":{"kubernetes":null,"docker":{"Host":"${socket}"}}}`,
  'Docker is another endpoint': `{"Name":"low","Endpoints":{"Docker":{"Host":"${socket}"}}}`,
  'Host is a number': '{"Name":"low","Endpoints":{"docker":{"Host":5}}}',
  'Host is null': '{"Name":"low","Endpoints":{"docker":{"Host":null}}}',
  'Host is a list': '{"Name":"low","Endpoints":{"docker":{"Host":["x"]}}}',
  'Host is empty': '{"Name":"low","Endpoints":{"docker":{"Host":""}}}',
  'Host is a blank': '{"Name":"low","Endpoints":{"docker":{"Host":" "}}}',
  'Host has blanks around it': `{"Name":"low","Endpoints":{"docker":{"Host":" ${socket} "}}}`,
  'Host without a scheme': '{"Name":"low","Endpoints":{"docker":{"Host":"127.0.0.1:1"}}}',
  'Host without a path': '{"Name":"low","Endpoints":{"docker":{"Host":"unix://"}}}',
  'Host without a host': '{"Name":"low","Endpoints":{"docker":{"Host":"tcp://"}}}',
  'Host without a port': '{"Name":"low","Endpoints":{"docker":{"Host":"tcp://127.0.0.1"}}}',
  'Host of an unknown scheme': '{"Name":"low","Endpoints":{"docker":{"Host":"bogus://127.0.0.1:1"}}}',
  'Host is a URL': '{"Name":"low","Endpoints":{"docker":{"Host":"http://127.0.0.1:1"}}}',
  'Host has a password': '{"Name":"low","Endpoints":{"docker":{"Host":"tcp://me:secret@127.0.0.1:1"}}}',
  'Host is a path': '{"Name":"low","Endpoints":{"docker":{"Host":"/tmp/x.sock"}}}',
  'Host is fd': '{"Name":"low","Endpoints":{"docker":{"Host":"fd://127.0.0.1:1"}}}',
  'Host is npipe': '{"Name":"low","Endpoints":{"docker":{"Host":"npipe:////./pipe/docker_engine"}}}',
  'SkipTLSVerify is a text': `{"Name":"low","Endpoints":{"docker":{"Host":"${socket}","SkipTLSVerify":"yes"}}}`,
  'keys in lower case': `{"name":"low","endpoints":{"docker":{"host":"${socket}"}}}`,
  'keys in upper case': `{"NAME":"low","ENDPOINTS":{"docker":{"HOST":"${socket}"}}}`,
  'keys twice in two cases': `{"Name":"low","Endpoints":{"docker":{"Host":"tcp://127.0.0.1:1","HOST":"${socket}"}}}`,
  'keys twice, the second null': `{"Name":"low","Endpoints":{"docker":{"Host":"${socket}","host":null}}}`,
  'Endpoints twice': `{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}},"endpoints":{"kubernetes":{}}}`,
  'Endpoints twice, the second null': `{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}},"endpoints":null}`,
  'another name': `{"Name":"other","Endpoints":{"docker":{"Host":"${socket}"}}}`,
  'no name': `{"Endpoints":{"docker":{"Host":"${socket}"}}}`,
  'Name is a number': `{"Name":5,"Endpoints":{"docker":{"Host":"${socket}"}}}`,
  'Metadata is a text': `{"Name":"low","Metadata":"x","Endpoints":{"docker":{"Host":"${socket}"}}}`,
  'Metadata is a list': `{"Name":"low","Metadata":[],"Endpoints":{"docker":{"Host":"${socket}"}}}`,
  'Metadata is null': `{"Name":"low","Metadata":null,"Endpoints":{"docker":{"Host":"${socket}"}}}`,
  'no JSON': '{bad',
  'an empty file': '',
  null: 'null',
  'a list': '[]',
  'a text': '"x"',
  'text after the JSON': `{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}}} x`,
  'a byte order mark': `\ufeff{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}}}`,
}

const noHost = { DOCKER_HOST: null }

/** Each content with -c. None may lead to the daemon at the default socket. */
const shapes: ParityCase[] = Object.entries(metaTexts).map(([note, text]) => ({
  argv: ['-c', 'low', 'rm', '-f', 'db'],
  env: noHost,
  files: metaFile(text),
  replies: { 'DELETE /containers/db': { status: 204 } },
  note,
}))

/** The other two ways to select a context, for some of the contents. */
const otherWays: ParityCase[] = [
  'no endpoints',
  'docker is null',
  'Host is a number',
  'Host is empty',
  'no JSON',
].flatMap((shape): ParityCase[] => {
  const files = metaFile(metaTexts[shape] ?? '')
  const argv = ['ps', '-q']
  return [
    { argv, files, replies, env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'low' }, note: `${shape}, DOCKER_CONTEXT` },
    { argv, files, replies, env: noHost, config: { currentContext: 'low' }, note: `${shape}, currentContext` },
  ]
})

/** Cases in which meta.json and its directories have another file type or are missing. */
const files: ParityCase[] = [
  { note: 'meta.json is a directory', files: metaFile('directory') },
  { note: 'no meta.json', files: { [contextDirectory('low')]: 'directory' as const } },
  { note: 'meta.json is a dangling link', files: metaFile({ link: 'nowhere' }) },
  { note: 'the directory of the context is a file', files: { [contextDirectory('low')]: 'x' } },
  { note: 'contexts is a file', files: { '.docker/contexts': 'x' } },
  {
    note: 'the directory of certificates is a file',
    files: {
      ...metaFile(`{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}}}`),
      [contextDirectory('low').replace('/meta/', '/tls/')]: 'x',
    },
  },
  {
    note: 'the directory of docker certificates is a file',
    files: {
      ...metaFile(`{"Name":"low","Endpoints":{"docker":{"Host":"tcp://127.0.0.1:1"}}}`),
      [`${contextDirectory('low').replace('/meta/', '/tls/')}/docker`]: 'x',
    },
  },
].map((given) => ({ argv: ['-c', 'low', 'ps', '-q'], env: noHost, replies, ...given }))

/** A config.json that selects a context but is partly invalid. */
const configs: ParityCase[] = [
  '{"CURRENTCONTEXT":"low"}',
  '{"currentContext":"x","currentcontext":"low"}',
  '{"currentcontext":"low","currentContext":"x"}',
  '{"currentContext":"low","currentcontext":null}',
  '{"currentContext":5}',
  '{"currentContext":null}',
  '{"currentContext":""}',
  '{"currentContext":" low"}',
  '{"currentContext":"low","psFormat":5}',
  '{"currentContext":"low","auths":5}',
  '{"psFormat":5,"currentContext":"low"}',
  '{"currentContext":"low","auths":{"r":{"auth":"!"}}}',
  '{"currentContext":"low"}}',
  '{"currentContext":"low"},',
  '{"currentContext":"low"} x',
  '{"currentContext":"low"',
  '{"currentContext":"low",',
  '[]',
  'x',
].map((config) => ({
  argv: ['ps', '-q'],
  env: noHost,
  config,
  files: metaFile(`{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}}}`),
  replies,
  note: `config.json is ${config}`,
}))

/** Flags and variables that are empty or name a missing context. */
const choices: ParityCase[] = [
  { argv: ['-H', '', 'ps', '-q'], config: { currentContext: 'low' }, note: 'empty -H, currentContext' },
  { argv: ['-H', ' ', 'ps', '-q'], config: { currentContext: 'low' }, note: 'blank -H, currentContext' },
  { argv: ['-H', '', 'ps', '-q'], env: {}, note: 'empty -H, DOCKER_HOST' },
  { argv: ['-H', '', '-H', socket, 'ps', '-q'], note: 'an empty -H and another' },
  { argv: ['-H', '', '-c', 'low', 'ps', '-q'], note: 'empty -H, -c' },
  { argv: ['-c', '', 'ps', '-q'], config: { currentContext: 'low' }, note: 'empty -c, currentContext' },
  { argv: ['-c', '', 'ps', '-q'], env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'low' }, note: 'empty -c, DOCKER_CONTEXT' },
  { argv: ['-c', '', '-H', socket, 'ps', '-q'], note: 'empty -c, -H' },
  { argv: ['-c', ' low', 'ps', '-q'], note: 'a blank before the name' },
  { argv: ['-c', 'LOW', 'ps', '-q'], note: 'the name in upper case' },
  { argv: ['-c', 'Default', 'ps', '-q'], note: 'default in another case' },
  { argv: ['-c', '../low', 'ps', '-q'], note: 'a path for a name' },
  { argv: ['-c', 'x', '-c', 'low', 'ps', '-q'], note: '-c twice' },
  { argv: ['ps', '-q'], env: { DOCKER_HOST: '' }, config: { currentContext: 'low' }, note: 'DOCKER_HOST is empty' },
  { argv: ['ps', '-q'], env: { DOCKER_HOST: ' ' }, config: { currentContext: 'low' }, note: 'DOCKER_HOST is a blank' },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: null, DOCKER_CONTEXT: '' },
    config: { currentContext: 'low' },
    note: 'DOCKER_CONTEXT is empty',
  },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'default' },
    config: { currentContext: 'low' },
    note: 'DOCKER_CONTEXT=default',
  },
  {
    argv: ['--config', '<dir>/none', 'ps', '-q'],
    config: { currentContext: 'low' },
    note: 'another --config without files',
  },
  { argv: ['--config', '', 'ps', '-q'], config: { currentContext: 'low' }, note: 'empty --config' },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: null, DOCKER_CONFIG: '' },
    config: { currentContext: 'low' },
    note: 'DOCKER_CONFIG is empty',
  },
  {
    argv: ['--config', '.docker', 'ps', '-q'],
    config: { currentContext: 'low' },
    note: 'a relative --config',
  },
  { argv: ['-c', 'low', 'context', 'show'], note: 'context show' },
  { argv: ['context', 'show'], config: { currentcontext: 'low' }, note: 'context show' },
].map((given) => ({
  env: noHost,
  files: metaFile(`{"Name":"low","Endpoints":{"docker":{"Host":"${socket}"}}}`),
  replies,
  ...given,
}))

/** Cases in which config.json is not a regular file. */
const configFiles: ParityCase[] = [
  { note: 'config.json is a directory', files: { '.docker/config.json': 'directory' as const } },
  { note: 'config.json is a dangling link', files: { '.docker/config.json': { link: 'nowhere' } } },
  { note: 'config.json is a link to itself', files: { '.docker/config.json': { link: 'config.json' } } },
  { note: 'the config directory is a file', files: { '.docker': 'x' } },
].map((given) => ({ argv: ['ps', '-q'], env: noHost, replies, ...given }))

/** Commands that print or copy contexts, which read the same files. */
const commands: ParityCase[] = ['no endpoints', 'Host is a number', 'keys in lower case', 'kubernetes alone'].flatMap(
  (shape): ParityCase[] =>
    [
      ['context', 'inspect', 'low'],
      ['context', 'ls', '--format', '{{.Name}} {{.DockerEndpoint}}'],
      ['context', 'create', 'copy', '--from', 'low'],
      ['context', 'create', 'copy', '--docker', 'from=low'],
    ].map((argv) => ({ argv, env: noHost, files: metaFile(metaTexts[shape] ?? ''), note: shape })),
)

export const contextShapes: ParityGroup = {
  name: 'context-shapes',
  cases: [...shapes, ...otherWays, ...files, ...configs, ...choices, ...configFiles, ...commands],
}
