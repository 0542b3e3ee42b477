import { describe, expect, test } from 'vitest'
import { hintFor } from '../../../src/cli/hints/hint.ts'
import type { ContainerSummary } from '../../../src/domain/container/container.ts'
import type { InspectedContainer } from '../../../src/engine/api/container-streams.ts'
import type { ListContainers } from '../../../src/engine/api/list-requests.ts'
import { Engine } from '../../../src/engine/engine.ts'

const ID = '1fa4ab2cf395'.padEnd(64, '0')
const NOW = new Date('2026-11-20T12:00:00Z')
const nameTaken = `Conflict. The container name "/web" is already in use by container "${ID}". You have to remove (or rename) that container to be able to reuse that name.`
const portTaken =
  'driver failed programming external connectivity on endpoint x (f650): Bind for 127.0.0.1:4000 failed: port is already allocated'

/** Returns an engine that only lists these containers, and the list requests that it got. */
function engineWith(containers: readonly ContainerSummary[] | Error, autoRemove?: boolean) {
  const requests: Omit<ListContainers, 'signal'>[] = []
  const engine = new Engine({ endpoint: { host: 'unix:///none', address: { kind: 'unix', path: '/none' } } })
  const list = async ({ signal: _, ...request }: ListContainers) => {
    requests.push(request)
    if (containers instanceof Error) throw containers
    return [...containers]
  }
  const inspect = async (): Promise<InspectedContainer> => {
    if (autoRemove === undefined) throw new Error('unexpected inspect')
    return {
      Id: ID,
      Config: { Tty: false, OpenStdin: false },
      HostConfig: { AutoRemove: autoRemove },
      State: { Running: true, Paused: false, Restarting: false },
    }
  }
  Object.defineProperties(engine, { containers: { value: { list } }, containerStreams: { value: { inspect } } })
  return { engine, requests }
}

const now = () => NOW

describe('the hint for a container name in use', () => {
  const seconds = NOW.getTime() / 1000
  test.each([
    [{ State: 'exited', Status: 'Exited (3) 3 days ago' }, undefined, 'exited 3 days ago', 'tug rm web'],
    [{ State: 'created', Status: 'Created', Created: seconds - 7200 }, undefined, 'created 2 hours ago', 'tug rm web'],
    [{ State: 'dead', Status: 'Dead' }, undefined, 'dead', 'tug rm web'],
    [{ State: 'running', Status: 'Up 2 minutes' }, false, 'up 2 minutes', 'tug stop web && tug rm web'],
    [{ State: 'running', Status: 'Up 2 minutes' }, true, 'up 2 minutes', 'tug stop web'],
    [{ State: 'paused', Status: 'Up 5 days (Paused)' }, false, 'up 5 days (Paused)', 'tug stop web && tug rm web'],
  ])('names %o (auto-remove: %s)', async (container, autoRemove, state, command) => {
    const { engine, requests } = engineWith([{ Id: ID, Names: ['/web'], ...container }], autoRemove)
    const expected = `name "web" is used by container 1fa4ab2cf395 (${state}); free it with: ${command}`
    expect(await hintFor(nameTaken, { engine, now })).toBe(expected)
    expect(requests).toEqual([{ all: true, size: false, filters: { id: { [ID]: true } } }])
  })

  test.each([
    ['a rename', `Error when allocating new name: ${nameTaken}`],
    ['podman', `creating container storage: the container name "web" is already in use by ${ID}. You have to`],
  ])('matches the message of %s', async (_, message) => {
    const { engine } = engineWith([{ Id: ID, State: 'exited', Status: 'Exited (0) 1 second ago' }])
    expect(await hintFor(message, { engine, now })).toContain(
      'name "web" is used by container 1fa4ab2cf395 (exited 1 second ago)',
    )
  })
})

describe('the hint for a port in use', () => {
  const on = (name: string, IP: string, PublicPort = 4000): ContainerSummary => ({
    Id: ID,
    Names: ['/other/alias', `/${name}`],
    Ports: [{ IP, PrivatePort: 80, PublicPort, Type: 'tcp' }],
  })
  test.each([
    ['it on the same address', [on('web', '127.0.0.1')], 'published by web; free it with: tug stop web'],
    [
      'it on all addresses',
      [on('db', '10.0.0.1'), on('web', '0.0.0.0')],
      'published by web; free it with: tug stop web',
    ],
    ['it among several', [on('a', '::'), on('b', '127.0.0.1')], 'published by a, b; free it with: tug stop a b'],
  ])('names the container that publishes %s', async (_, containers, hint) => {
    const { engine, requests } = engineWith(containers)
    expect(await hintFor(portTaken, { engine, now })).toBe(`port 4000 is ${hint}`)
    expect(requests).toEqual([{ all: false, size: false, filters: {} }])
  })

  test.each([
    portTaken,
    'driver failed: Error starting userland proxy: listen tcp4 0.0.0.0:4000: bind: address already in use',
    'failed to set up container networking: failed to bind host port for 0.0.0.0:4000:172.17.0.2:80/tcp: address already in use',
  ])('finds no container: %s', async (message) => {
    const { engine } = engineWith([on('web', '127.0.0.2'), on('other', '0.0.0.0', 4001)])
    const hint = await hintFor(message, { engine, now })
    if (message === portTaken) {
      expect(hint).toBe('no container publishes port 4000; find the program that uses it with: ss -lptun sport = :4000')
    } else expect(hint).toContain('port 4000 is published by web')
  })
})

const web = (State = 'exited', Status = 'Exited (0) 3 days ago'): ContainerSummary => ({
  Id: ID,
  Names: ['/web'],
  State,
  Status,
})
const running = web('running', 'Up 5 minutes')

// The messages of daemons from 20.10 to 28.
describe('the hint for an object in use', () => {
  const remove = (object: string, state: string, force: string) =>
    `the ${object} is used by container web (${state}); if you no longer need it, run: tug rm ${force}web`
  test.each([
    [`You cannot remove a running container ${ID}. Stop the container before`, running, 'tug rm -f 1fa4ab2cf395'],
    [`You cannot remove a paused container ${ID}. Unpause and then stop`, running, 'tug rm -f 1fa4ab2cf395'],
    ['cannot remove container "web": container is running: stop the container before', running, 'tug rm -f web'],
    ['cannot remove container "/web": container is paused and must be unpaused first', running, 'tug rm -f web'],
  ])('%s', async (message, container, command) => {
    const { engine, requests } = engineWith([container])
    expect(await hintFor(message, { engine, now })).toBe(`stop and remove it with: ${command}`)
    expect(requests).toEqual([])
  })

  test.each([
    [
      'conflict: unable to remove repository reference "busybox" (must force) - container 1fa4ab2cf395 is using its referenced image be4dcb39fcc8',
      web(),
      remove('image', 'exited 3 days ago', ''),
    ],
    [
      'conflict: unable to delete be4dcb39fcc8 (cannot be forced) - image is being used by running container 1fa4ab2cf395',
      running,
      remove('image', 'up 5 minutes', '-f '),
    ],
    [
      'conflict: unable to delete be4dcb39fcc8 (must be forced) - image is being used by stopped container 1fa4ab2cf395',
      web(),
      remove('image', 'exited 3 days ago', ''),
    ],
    [`remove vol: volume is in use - [${ID}]`, web(), remove('volume', 'exited 3 days ago', '')],
    [
      'error while removing network: network n1 id 930c2498cc0f has active endpoints',
      running,
      'containers are connected to it; disconnect them with: tug network disconnect n1 web',
    ],
    [
      'error while removing network: network n1 has active endpoints (name:"web" id:"1fa4ab2cf395")',
      running,
      'containers are connected to it; disconnect them with: tug network disconnect n1 web',
    ],
    [
      `Error response from daemon: Container ${ID} is not running`,
      web(),
      'container web (exited 3 days ago); start it with: tug start web, or see why it ended with: tug logs web',
    ],
    [
      `Error response from daemon: container ${ID} is not running`,
      web('created', ''),
      'container web (created Less than a second ago); start it with: tug start web',
    ],
  ])('%s', async (message, container, hint) => {
    const { engine } = engineWith([{ ...container, Created: NOW.getTime() / 1000 }])
    expect(await hintFor(message, { engine, now })).toBe(hint)
  })
})

describe('the hint for a name that does not exist', () => {
  const engineOf = () => {
    const { engine } = engineWith([web(), { Id: ID, Names: ['/database'] }])
    const images = [{ RepoTags: ['friendlyhello:latest', 'me/app:v1'] }, { RepoTags: null }]
    return Object.defineProperties(engine, {
      images: { value: { list: async () => images } },
      networks: { value: { list: async () => [{ Name: 'backend' }] } },
      volumes: { value: { list: async () => [{ Name: 'pgdata' }] } },
    })
  }
  test.each([
    ['Error response from daemon: No such container: wbe', 'web'],
    ['Error response from daemon: No such container: databse', 'database'],
    ['Error response from daemon: no container with name or ID "we" found: no such container', 'web'],
    ['Error response from daemon: No such image: frendlyhello:latest', 'friendlyhello'],
    ['Error response from daemon: no such image: me/ap:v1: No such image: me/ap:v1', 'me/app:v1'],
    ['An image does not exist locally with the tag: fiendlyhello', 'friendlyhello'],
    ['Error response from daemon: network backedn not found', 'backend'],
    ['Error response from daemon: get pg-data: no such volume', 'pgdata'],
    ['Error: No such object: wbe', 'web'],
    ['Error: No such object: pgdat', 'pgdata'],
    ['Error response from daemon: No such container: x\nError response from daemon: No such container: wbe', 'web'],
  ])('%s', async (message, name) => {
    expect(await hintFor(message, { engine: engineOf(), now })).toBe(`did you mean "${name}"?`)
  })

  test.each([
    ['No such container: cache', 'list all containers, also stopped ones, with: tug ps -a'],
    [
      'no container with name or ID "cache" found: no such container',
      'list all containers, also stopped ones, with: tug ps -a',
    ],
    ['No such image: x:latest', 'list the images with: tug images'],
    ['An image does not exist locally with the tag: x', 'list the images with: tug images'],
    ['network web not found', 'list the networks with: tug network ls'],
    ['get x: no such volume', 'list the volumes with: tug volume ls'],
    ['Error: No such object: cache', ''],
  ])('names the command that lists all where no name is similar: %s', async (message, hint) => {
    expect(await hintFor(message, { engine: engineOf(), now })).toBe(hint)
  })

  test('compares a tag with the tags of the images', async () => {
    const hint = await hintFor('No such image: friendlyhello:latst', { engine: engineOf(), now })
    expect(hint).toBe('did you mean "friendlyhello:latest"?')
  })
})

describe('hintFor', () => {
  test('sends no request for other errors', async () => {
    const { engine, requests } = engineWith([])
    expect(await hintFor('Error response from daemon: page not found', { engine, now })).toBe('')
    expect(requests).toEqual([])
  })

  test('returns no hint if the list fails or is empty', async () => {
    expect(await hintFor(nameTaken, { engine: engineWith(new Error('gone')).engine, now })).toBe('')
    expect(await hintFor(nameTaken, { engine: engineWith([]).engine, now })).toBe('')
  })
})
