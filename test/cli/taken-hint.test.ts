import { describe, expect, test } from 'vitest'
import { withTakenHint } from '../../src/cli/taken-hint.ts'
import type { ContainerSummary } from '../../src/domain/container.ts'
import { EngineError } from '../../src/domain/errors.ts'
import type { InspectedContainer } from '../../src/engine/container-streams.ts'
import type { ListContainers } from '../../src/engine/containers.ts'
import { Engine } from '../../src/engine/engine.ts'
import { recordingOutput } from '../support/output.ts'

const ID = '1fa4ab2cf395'.padEnd(64, '0')
const NOW = new Date('2026-11-20T12:00:00Z')
const nameTaken = `Conflict. The container name "/web" is already in use by container "${ID}". You have to remove (or rename) that container to be able to reuse that name.`
const portTaken =
  'driver failed programming external connectivity on endpoint x (f650): Bind for 127.0.0.1:4000 failed: port is already allocated'

/** An engine that knows one list of containers, and refuses all that was not given. */
function engineWith(containers: readonly ContainerSummary[] | Error, autoRemove?: boolean) {
  const asked: Omit<ListContainers, 'signal'>[] = []
  const engine = new Engine({ endpoint: { host: 'unix:///none', address: { kind: 'unix', path: '/none' } } })
  engine.containers.list = async ({ signal: _, ...request }) => {
    asked.push(request)
    if (containers instanceof Error) throw containers
    return [...containers]
  }
  engine.containerStreams.inspect = async (): Promise<InspectedContainer> => {
    if (autoRemove === undefined) throw new Error('nothing was to be inspected')
    return {
      Id: ID,
      Config: { Tty: false, OpenStdin: false },
      HostConfig: { AutoRemove: autoRemove },
      State: { Running: true, Paused: false, Restarting: false },
    }
  }
  return { engine, asked }
}

async function hintFor(message: string, engine: Engine, isTerminal = true): Promise<string> {
  const error = new EngineError(message, 409)
  const hinted = await withTakenHint(error, { engine, err: recordingOutput(isTerminal), now: () => NOW })
  expect(hinted).toMatchObject({ message, statusCode: 409 })
  return hinted instanceof EngineError ? hinted.hint : ''
}

describe('a name that is taken', () => {
  const seconds = NOW.getTime() / 1000
  test.each([
    [{ State: 'exited', Status: 'Exited (3) 3 days ago' }, undefined, 'exited 3 days ago', 'tug rm web'],
    [{ State: 'created', Status: 'Created', Created: seconds - 7200 }, undefined, 'created 2 hours ago', 'tug rm web'],
    [{ State: 'dead', Status: 'Dead' }, undefined, 'dead', 'tug rm web'],
    [{ State: 'running', Status: 'Up 2 minutes' }, false, 'up 2 minutes', 'tug stop web && tug rm web'],
    [{ State: 'running', Status: 'Up 2 minutes' }, true, 'up 2 minutes', 'tug stop web'],
    [{ State: 'paused', Status: 'Up 5 days (Paused)' }, false, 'up 5 days (Paused)', 'tug stop web && tug rm web'],
  ])('%o, removed at its end: %s', async (container, autoRemove, state, command) => {
    const { engine, asked } = engineWith([{ Id: ID, Names: ['/web'], ...container }], autoRemove)
    const expected = `name "web" is used by container 1fa4ab2cf395 (${state}); free it with: ${command}`
    expect(await hintFor(nameTaken, engine)).toBe(expected)
    expect(asked).toEqual([{ all: true, size: false, filters: { id: { [ID]: true } } }])
  })

  test.each([
    ['by rename', `Error when allocating new name: ${nameTaken}`],
    [
      'in podman’s words',
      `creating container storage: the container name "web" is already in use by ${ID}. You have to`,
    ],
  ])('%s', async (_, message) => {
    const { engine } = engineWith([{ Id: ID, State: 'exited', Status: 'Exited (0) 1 second ago' }])
    expect(await hintFor(message, engine)).toContain(
      'name "web" is used by container 1fa4ab2cf395 (exited 1 second ago)',
    )
  })
})

describe('a port that is taken', () => {
  const on = (name: string, IP: string, PublicPort = 4000): ContainerSummary => ({
    Id: ID,
    Names: ['/other/alias', `/${name}`],
    Ports: [{ IP, PrivatePort: 80, PublicPort, Type: 'tcp' }],
  })
  test.each([
    ['the same address', [on('web', '127.0.0.1')], 'published by web; free it with: tug stop web'],
    ['all addresses', [on('db', '10.0.0.1'), on('web', '0.0.0.0')], 'published by web; free it with: tug stop web'],
    ['several', [on('a', '::'), on('b', '127.0.0.1')], 'published by a, b; free it with: tug stop a b'],
  ])('%s', async (_, containers, hint) => {
    const { engine, asked } = engineWith(containers)
    expect(await hintFor(portTaken, engine)).toBe(`port 4000 is ${hint}`)
    expect(asked).toEqual([{ all: false, size: false, filters: {} }])
  })

  test.each([
    portTaken,
    'driver failed: Error starting userland proxy: listen tcp4 0.0.0.0:4000: bind: address already in use',
    'failed to set up container networking: failed to bind host port for 0.0.0.0:4000:172.17.0.2:80/tcp: address already in use',
  ])('no container has it: %s', async (message) => {
    const { engine } = engineWith([on('web', '127.0.0.2'), on('other', '0.0.0.0', 4001)])
    const hint = await hintFor(message, engine)
    if (message === portTaken) {
      expect(hint).toBe('no container publishes port 4000; see which program uses it with: ss -lptun sport = :4000')
    } else expect(hint).toContain('port 4000 is published by web')
  })
})

describe('no hint', () => {
  test('off a terminal nothing is asked', async () => {
    const { engine, asked } = engineWith([])
    expect(await hintFor(nameTaken, engine, false)).toBe('')
    expect(asked).toEqual([])
  })

  test('for another refusal nothing is asked', async () => {
    const { engine, asked } = engineWith([])
    expect(await hintFor('No such image: x', engine)).toBe('')
    expect(asked).toEqual([])
  })

  test('where the list cannot be had, or does not tell, the error stands alone', async () => {
    expect(await hintFor(nameTaken, engineWith(new Error('gone')).engine)).toBe('')
    expect(await hintFor(nameTaken, engineWith([]).engine)).toBe('')
  })

  test('other errors pass', async () => {
    const { engine } = engineWith([])
    const error = new TypeError(nameTaken)
    expect(await withTakenHint(error, { engine, err: recordingOutput(true), now: () => NOW })).toBe(error)
  })
})
