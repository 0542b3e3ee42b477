import { join } from 'node:path'
import { startRegistry } from '../../test/support/engines/start.ts'
import { REFERENCE } from '../clients.ts'
import type { Case, Subject } from './case.ts'
import { copyCases } from './copies.ts'
import { type BenchEngine, createLargeFile, createSmallFiles, onEngine } from './on-engine.ts'
import { transferCase } from './transfers.ts'

const REPEAT = { rounds: 2, isWithoutNode: true } as const
const GIBIBYTE = 1024

/** Verbs on real containers. @param state what the containers do before */
function verb(engine: BenchEngine, words: string, count: number, state: 'created' | 'running'): Case {
  const names = Array.from({ length: count }, (_, number) => `many${number}`)
  const start = state === 'created' ? 'create' : 'run --detach'
  const last = count - 1
  const close = () =>
    engine.run('sh', '-c', `${REFERENCE} ps -aq --filter name=many | xargs -r -n 100 ${REFERENCE} rm --force`)
  const reset = () => {
    close()
    const options = '--network none --name manyNUMBER'
    engine.run('sh', '-c', `seq 0 ${last} | xargs -P 4 -I NUMBER ${REFERENCE} ${start} ${options} busybox sleep 1d`)
  }
  return {
    ...REPEAT,
    title: `\`${words}\` of ${count} containers (${state})`,
    prepare: () => ({ args: [...words.split(' '), ...names], host: engine.host, reset, close }),
  }
}

/** The image of 1 GiB that is pushed and pulled. */
function registryCases(engine: BenchEngine, registry: string): Case[] {
  const image = `${registry}/large`
  const commit = () => {
    engine.docker('exec', 'large', 'sh', '-c', `head -c ${GIBIBYTE}m /dev/urandom >/file`)
    engine.docker('commit', 'large', image)
  }
  const start = () => engine.docker('run', '--detach', '--interactive', '--name', 'large', 'busybox')
  const shared = { host: engine.host, close: () => engine.docker('rm', '--force', 'large') }
  return [
    {
      ...REPEAT,
      title: '`push` of 1 GiB',
      prepare() {
        start()
        // A layer that the registry has is not sent again.
        return { ...shared, args: ['push', '--quiet', image], reset: commit }
      },
    },
    {
      ...REPEAT,
      title: '`pull` of 1 GiB',
      prepare() {
        start()
        commit()
        engine.docker('push', image)
        const reset = () => engine.docker('rmi', '--force', image)
        return { ...shared, args: ['pull', '--quiet', image], reset }
      },
    },
  ]
}

function largeCases(engine: BenchEngine, registry: string): Case[] {
  const saved = join(engine.directory, 'saved.tar')
  const twoGibibytes = { ...REPEAT, sizes: [2 * GIBIBYTE] }
  const save = { title: '`save` of {n} MiB to a file', args: ['save', '--output', saved, 'large'] }
  const load = { title: '`load` of {n} MiB from a file', args: ['load'], reads: 'image' } as const
  const file = { what: 'a file of {n} MiB', sizes: [2 * GIBIBYTE], create: createLargeFile }
  const files = { what: '{n} files', sizes: [20_000], create: createSmallFiles }
  return [
    verb(engine, 'rm', 500, 'created'),
    verb(engine, 'kill', 100, 'running'),
    ...registryCases(engine, registry),
    transferCase(engine, save, twoGibibytes),
    transferCase(engine, load, twoGibibytes),
    ...copyCases(engine, file, REPEAT),
    ...copyCases(engine, files, REPEAT),
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
