import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Subject } from './case.ts'
import { type BenchEngine, createLargeFile, createSmallFiles, onEngine } from './on-engine.ts'

interface Context {
  readonly what: string
  readonly sizes: readonly number[]
  fill(directory: string, size: number): void
}

const CONTEXTS: readonly Context[] = [
  { what: '{n} MiB', sizes: [16, 64, 256], fill: (directory, size) => createLargeFile(join(directory, 'large'), size) },
  { what: '{n} files', sizes: [320, 1280, 5120], fill: createSmallFiles },
]

function buildCase(engine: BenchEngine, { what, sizes, fill }: Context): Case {
  const directory = join(engine.directory, 'context')
  return {
    title: `classic \`build\` of an unchanged context of ${what}`,
    sizes,
    rounds: 3,
    prepare(size) {
      mkdirSync(directory)
      fill(directory, size)
      writeFileSync(join(directory, 'small'), 'small\n')
      writeFileSync(join(directory, 'Dockerfile'), 'FROM busybox\nCOPY small /\n')
      const close = () => rmSync(directory, { recursive: true })
      return { args: ['build', '--quiet', directory], host: engine.host, env: { DOCKER_BUILDKIT: '0' }, close }
    },
  }
}

/** Builds whose context is sent as a whole. bench/build.ts measures those of BuildKit. */
export const builds: Subject = {
  name: 'builds',
  title: 'Builds',
  note: 'A private Engine 20.10 builds; its work is part of each time. [build.md](build.md) has BuildKit.',
  open: (bench) => onEngine(bench, (engine) => CONTEXTS.map((context) => buildCase(engine, context))),
}
