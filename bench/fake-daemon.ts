import { createServer } from 'node:http'

/**
 * A daemon that sends canned JSON on the unix socket `argv[2]`, so that only the client's time is measured: 3 running
 * containers, 1,000 with the stopped ones, 50 images, 1,000 with the intermediate ones; removals succeed. Prints a line
 * when it listens.
 */
const [socket = ''] = process.argv.slice(2)
const CREATED = Math.floor(Date.now() / 1000) - 86_400

const id = (number: number) => number.toString(16).padStart(12, '0').padEnd(64, '5')
const json = (value: unknown) => Buffer.from(JSON.stringify(value))

const containers = Array.from({ length: 1000 }, (_, number) => ({
  Id: id(number),
  Names: [`/happy_turtle_${number}`],
  Image: 'friendlyhello',
  ImageID: `sha256:${id(number % 50)}`,
  Command: 'python app.py',
  Created: CREATED - number * 60,
  Ports: number < 3 ? [{ IP: '0.0.0.0', PrivatePort: 5000, PublicPort: 4000 + number, Type: 'tcp' }] : [],
  Labels: {},
  State: number < 3 ? 'running' : 'exited',
  Status: number < 3 ? 'Up 24 hours' : 'Exited (0) 23 hours ago',
  HostConfig: { NetworkMode: 'default' },
  NetworkSettings: { Networks: {} },
  Mounts: [],
}))

const images = Array.from({ length: 1000 }, (_, number) => ({
  Id: `sha256:${id(number)}`,
  ParentId: '',
  RepoTags: [`gordon/friendlyhello:v0.${number}`],
  RepoDigests: [],
  Created: CREATED - number * 3600,
  Size: 132_000_000 + number,
  SharedSize: -1,
  Labels: {},
  Containers: -1,
}))

const responses = {
  ps: json(containers.slice(0, 3)),
  psAll: json(containers),
  images: json(images.slice(0, 50)),
  imagesAll: json(images),
  version: json({ Version: '28.2.2', ApiVersion: '1.50', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' }),
}

const server = createServer((request, response) => {
  const path = (request.url ?? '').replace(/^\/v[\d.]+/, '')
  const headers = { 'Api-Version': '1.50', Ostype: 'linux', Server: 'Docker/28.2.2 (linux)' }
  const reply = (body: Buffer | string, type = 'application/json') =>
    response
      .writeHead(200, { ...headers, 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
      .end(request.method === 'HEAD' ? undefined : body)
  request.resume()
  if (request.method === 'DELETE') response.writeHead(204, headers).end()
  else if (path.startsWith('/_ping')) reply('OK', 'text/plain')
  else if (path.startsWith('/version')) reply(responses.version)
  else if (path.startsWith('/containers/json')) reply(path.includes('all=') ? responses.psAll : responses.ps)
  else if (path.startsWith('/images/json')) reply(path.includes('all=') ? responses.imagesAll : responses.images)
  else response.writeHead(404, headers).end('{"message":"no such page"}')
})
server.listen(socket, () => console.log('listening'))
