import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { startRegistry } from '../../test/support/engines/start.ts'
import { REFERENCE } from '../clients.ts'
import type { Case, Prepared, Subject } from './case.ts'
import { type BenchEngine, createLargeFile, createSmallFiles, onEngine } from './on-engine.ts'

const ROUNDS = 2
const GIBIBYTE = 1024
const [TWO_GIBIBYTES, MANY_FILES] = [2 * GIBIBYTE, 20_000]

/** Verbs on real containers. @param state what the containers do before */
function verb(engine: BenchEngine, words: string, count: number, state: 'created' | 'running'): Case {
  const names = Array.from({ length: count }, (_, number) => `many${number}`)
  const start = state === 'created' ? 'create' : 'run --detach'
  const script = `seq 0 ${count - 1} | xargs -P 4 -I NUMBER ${REFERENCE} ${start} --network none --name manyNUMBER busybox sleep 1d`
  const reset = () => {
    engine.run('sh', '-c', `${REFERENCE} ps -aq --filter name=many | xargs -r -n 100 ${REFERENCE} rm --force`)
    engine.run('sh', '-c', script)
  }
  const close = () =>
    engine.run('sh', '-c', `${REFERENCE} ps -aq --filter name=many | xargs -r -n 100 ${REFERENCE} rm -f`)
  return {
    title: `\`${words}\` of ${count} containers (${state})`,
    rounds: ROUNDS,
    isWithoutNode: true,
    prepare: () => ({ args: [...words.split(' '), ...names], host: engine.host, reset, close }),
  }
}

/** Puts a file of random bytes into the container `large`. @param size in MiB */
function fillLarge(engine: BenchEngine, size: number): void {
  engine.docker('exec', 'large', 'sh', '-c', `head -c ${size}m /dev/urandom >/file`)
}

function largeCases(engine: BenchEngine, registry: string): Case[] {
  const image = `${registry}/large`
  const archive = join(engine.directory, 'image.tar')
  const [source, copy] = [join(engine.directory, 'source'), join(engine.directory, 'copy')]
  const withLarge = (size: number, prepare: () => Omit<Prepared, 'host'>): Prepared => {
    engine.docker('run', '--detach', '--interactive', '--name', 'large', 'busybox')
    fillLarge(engine, size)
    engine.docker('commit', 'large', image)
    const prepared = prepare()
    const close = () => {
      engine.docker('rm', '--force', 'large')
      rmSync(archive, { force: true })
    }
    return { ...prepared, host: engine.host, close }
  }
  const shared = { rounds: ROUNDS, isWithoutNode: true }
  const copies = (what: string, create: () => void): Case[] => [
    {
      ...shared,
      title: `\`cp\` of ${what} into a container`,
      prepare() {
        create()
        const reset = () => engine.docker('exec', 'box', 'rm', '-rf', '/source')
        return { args: ['cp', source, 'box:/'], host: engine.host, reset }
      },
    },
    {
      ...shared,
      title: `\`cp\` of ${what} out of a container`,
      prepare() {
        engine.docker('exec', 'box', 'rm', '-rf', '/source')
        engine.docker('cp', source, 'box:/')
        const reset = () => rmSync(copy, { recursive: true, force: true })
        const close = () => {
          reset()
          rmSync(source, { recursive: true })
          engine.docker('exec', 'box', 'rm', '-rf', '/source')
        }
        return { args: ['cp', 'box:/source', copy], host: engine.host, reset, close }
      },
    },
  ]
  return [
    verb(engine, 'rm', 500, 'created'),
    verb(engine, 'kill', 100, 'running'),
    {
      ...shared,
      title: '`push` of 1 GiB',
      prepare: () =>
        withLarge(GIBIBYTE, () => ({
          args: ['push', '--quiet', image],
          // A layer that the registry has is not sent again.
          reset: () => {
            fillLarge(engine, GIBIBYTE)
            engine.docker('commit', 'large', image)
          },
        })),
    },
    {
      ...shared,
      title: '`pull` of 1 GiB',
      prepare: () =>
        withLarge(GIBIBYTE, () => {
          engine.docker('push', image)
          return { args: ['pull', '--quiet', image], reset: () => engine.docker('rmi', '--force', image) }
        }),
    },
    {
      ...shared,
      title: '`save` of 2 GiB to a file',
      prepare: () => withLarge(TWO_GIBIBYTES, () => ({ args: ['save', '--output', archive, image] })),
    },
    {
      ...shared,
      title: '`load` of 2 GiB from a file',
      prepare: () =>
        withLarge(TWO_GIBIBYTES, () => {
          engine.docker('save', '--output', archive, image)
          return { args: ['load', '--input', archive], reset: () => engine.docker('rmi', '--force', image) }
        }),
    },
    ...copies('a file of 2 GiB', () => createLargeFile(source, TWO_GIBIBYTES)),
    ...copies(`${MANY_FILES.toLocaleString('en')} files`, () => createSmallFiles(source, MANY_FILES)),
  ]
}

/** Many real containers and a gigabyte or two, which take half an hour. */
export const large: Subject = {
  name: 'large',
  title: 'Large',
  note: 'On a private Engine 20.10 with a private registry; most of each wall time is their work.',
  isOptional: true,
  async open(bench) {
    const registry = await startRegistry()
    const { cases, close } = await onEngine(bench, (engine) => largeCases(engine, registry.host)).catch(
      async (error: unknown) => {
        await registry.stop()
        throw error
      },
    )
    return {
      cases,
      async close() {
        await close?.()
        await registry.stop()
      },
    }
  },
}
