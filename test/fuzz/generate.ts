import { tarBytes } from '../parity/cases/container/tar-bytes.ts'
import { responseCases } from '../parity/responses/cases.ts'
import type { FuzzCase } from './case.ts'

/** Returns numbers from 0 to below 1 that depend on the seed only (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const NOTHING = { request: 'no such request', bytes: '', after: 'end', config: '{}' } as const

const response = (body: string, headers = '') =>
  `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${body.length}\r\n\r\n${body}`

const archive = tarBytes([
  { name: 'd/', mode: 0o755 },
  { name: 'd/f', content: 'content' },
  { name: 'd/l', type: 'symlink', linkName: 'f' },
  { name: `d/${'n'.repeat(120)}`, content: '' },
]).toString('latin1')

const manifest =
  '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2,"platform":{"architecture":"amd64","os":"linux"}}]}'

const config =
  '{"auths":{"r.example":{"auth":"dTpw"}},"credHelpers":{"x.example":"none"},"HttpHeaders":{"A":"b"},"psFormat":"{{.ID}}","pruneFilters":["label=a"],"proxies":{"default":{"httpProxy":"http://p"}},"detachKeys":"ctrl-x","currentContext":"default","plugins":{"a":{"b":"c"}},"aliases":{"builder":"buildx"},"features":{"buildkit":"false"}}'

const WORDS =
  'ps run images inspect exec rm -a -q --format --filter {{.ID}} {{json .}} {{printf "%5d" 1}} {{range .}} -f a -- --all=x -n -1 99999999999999999999 name=x --no-trunc --help volume ls create -v x:y --mount type=bind,src=/a,dst=/b -p 80:80 -e A=b system df prune network --tail 0 logs --since 5m events stats --no-stream build . context use export tag a:b login -u'.split(
    ' ',
  )

const pieces = [
  '',
  '\0',
  '\r\n',
  '{',
  '[',
  '"',
  '\\',
  'null',
  '-1',
  '1e400',
  '99999999999999999999',
  'true',
  '\xff',
  '%',
  '0x',
  '}',
  ',',
]

/** Returns a text with a few random changes: removed, repeated, moved and replaced parts, and changed bytes. */
function mutate(text: string, random: () => number): string {
  const below = (limit: number) => Math.floor(random() * limit)
  let changed = text
  for (let left = 1 + below(4); left > 0; left--) {
    const at = below(changed.length + 1)
    const length = below(20)
    const [before, part, behind] = [changed.slice(0, at), changed.slice(at, at + length), changed.slice(at + length)]
    const piece = pieces[below(pieces.length)] ?? ''
    const choices = [
      before + behind,
      before + part.repeat(1 + below(50)) + behind,
      before + piece + behind,
      before + piece.repeat(1 + below(3000)) + part + behind,
      before + String.fromCharCode(below(256)) + changed.slice(at + 1),
      before,
      changed.replace(/\d+/, String(below(2 ** 31))),
      changed.replace(/:("[^"]*"|\d+|\[|true|false)/, `:${piece}`),
    ]
    changed = choices[below(choices.length)] ?? ''
  }
  return changed
}

/** Returns a random case. */
export function generateCase(random: () => number): FuzzCase {
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
  const kind = pick(['response', 'response', 'response', 'body', 'registry', 'archive', 'config', 'argv'])
  if (kind === 'registry') {
    const args = ['manifest', 'inspect', '--insecure', '<registry>/a:b']
    const type = 'Content-Type: application/vnd.oci.image.index.v1+json\r\n'
    return { ...NOTHING, args, request: '/v2/', bytes: mutate(response(manifest, type), random) }
  }
  if (kind === 'archive') {
    const stat = Buffer.from('{"name":"d","size":1,"mode":2147484141,"linkTarget":""}').toString('base64')
    const bytes = response(mutate(archive, random), `X-Docker-Container-Path-Stat: ${stat}\r\n`)
    return { ...NOTHING, args: ['cp', 'a:/d', '<dir>/out'], request: 'GET .*archive', bytes }
  }
  if (kind === 'config') {
    const args =
      pick([['ps'], ['login', '-u', 'a', '-p', 'b', 'r.example'], ['logout', 'r.example'], ['context', 'ls']]) ?? []
    return { ...NOTHING, args, config: mutate(config, random) }
  }
  if (kind === 'argv') {
    const args = Array.from({ length: 1 + Math.floor(random() * 8) }, () => mutateSometimes(pick(WORDS) ?? '', random))
    return { ...NOTHING, args: args.map((arg) => arg.replaceAll('\0', '')) }
  }
  const base = pick(responseCases)
  if (!base) throw new Error('there are no cases')
  const { request, args, reply } = base
  const [head = '', body = ''] = reply.bytes.split('\r\n\r\n', 2)
  const bytes = kind === 'body' ? response(mutate(body, random)) : mutate(`${head}\r\n\r\n${body}`, random)
  return { ...NOTHING, args, request: request.source, bytes, after: random() < 0.03 ? 'keep' : 'end' }
}

function mutateSometimes(text: string, random: () => number): string {
  return random() < 0.3 ? mutate(text, random) : text
}
