import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Subject } from './case.ts'
import { type BenchEngine, createLargeFile, createSmallFiles, onEngine } from './on-engine.ts'

/** What is copied, as files of the sizes that are measured. */
export interface Copied {
  readonly what: string
  readonly sizes: readonly number[]
  create(path: string, size: number): void
}

const COPIED: readonly Copied[] = [
  { what: 'a file of {n} MiB', sizes: [16, 64, 256], create: createLargeFile },
  { what: '{n} files', sizes: [320, 1280, 5120], create: createSmallFiles },
]

/** Returns the cases that copy something into a container and out of it. */
export function copyCases(
  engine: BenchEngine,
  { what, sizes, create }: Copied,
  repeat: Pick<Case, 'rounds' | 'isWithoutNode'>,
): Case[] {
  const [source, copy] = [join(engine.directory, 'source'), join(engine.directory, 'copy')]
  const shared = { sizes, ...repeat }
  const removeSource = () => rmSync(source, { recursive: true })
  return [
    {
      ...shared,
      title: `\`cp\` of ${what} into a container`,
      prepare(size) {
        create(source, size)
        const reset = () => engine.docker('exec', 'box', 'rm', '-rf', '/source')
        return { args: ['cp', source, 'box:/'], host: engine.host, reset, close: removeSource }
      },
    },
    {
      ...shared,
      title: `\`cp\` of ${what} out of a container`,
      prepare(size) {
        create(source, size)
        engine.docker('exec', 'box', 'rm', '-rf', '/source')
        engine.docker('cp', source, 'box:/')
        removeSource()
        const reset = () => rmSync(copy, { recursive: true, force: true })
        return { args: ['cp', 'box:/source', copy], host: engine.host, reset, close: reset }
      },
    },
  ]
}

/** Files between the client's file system and a container's. */
export const copies: Subject = {
  name: 'copies',
  title: 'Copies',
  note: 'The container runs on a private Engine 20.10, whose work is part of each time.',
  open: (bench) => onEngine(bench, (engine) => COPIED.flatMap((copied) => copyCases(engine, copied, { rounds: 3 }))),
}
