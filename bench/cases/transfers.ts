import { join } from 'node:path'
import type { Case, Prepared, Subject } from './case.ts'
import { type BenchEngine, createLargeFile, onEngine } from './on-engine.ts'

/** A command that sends or receives many bytes, with a container, an image or an archive of the sizes that are measured. */
export interface Transfer {
  readonly title: string
  readonly args: readonly string[]
  /** The archive that the command reads. */
  readonly reads?: 'image' | 'file system'
  readonly output?: 'pipe'
}

const TRANSFERS: readonly Transfer[] = [
  { title: '`save` of {n} MiB to a pipe', args: ['save', 'large'], output: 'pipe' },
  { title: '`load` of {n} MiB from a file', args: ['load'], reads: 'image' },
  { title: '`export` of {n} MiB to a pipe', args: ['export', 'large'], output: 'pipe' },
  { title: '`import` of {n} MiB from a file', args: ['import', '-', 'imported'], reads: 'file system' },
  { title: '`exec -i` that reads {n} MiB', args: ['exec', '-i', 'box', 'sh', '-c', 'cat >/dev/null'], reads: 'image' },
  { title: '`exec` that writes {n} MiB to a pipe', args: ['exec', 'large', 'cat', '/file'], output: 'pipe' },
]

/** @param repeat the sizes in MiB, and how often the case is measured */
export function transferCase(
  engine: BenchEngine,
  { title, args, reads, output }: Transfer,
  repeat: Pick<Case, 'sizes' | 'rounds' | 'isWithoutNode'>,
): Case {
  return {
    title,
    ...repeat,
    prepare(size): Prepared {
      const file = join(engine.directory, 'file')
      const [image, fileSystem] = [join(engine.directory, 'image.tar'), join(engine.directory, 'file-system.tar')]
      createLargeFile(file, size)
      engine.docker('run', '--detach', '--interactive', '--name', 'large', 'busybox')
      engine.docker('cp', file, 'large:/file')
      engine.docker('commit', 'large', 'large')
      if (reads === 'image') engine.docker('save', '--output', image, 'large')
      if (reads === 'file system') engine.docker('export', '--output', fileSystem, 'large')
      const stdin = reads && { stdin: reads === 'image' ? image : fileSystem }
      return {
        args,
        host: engine.host,
        ...(output && { output }),
        ...stdin,
        close: () => engine.docker('rm', '--force', 'large'),
      }
    },
  }
}

/** Large amounts of bytes between the client and the daemon. */
export const transfers: Subject = {
  name: 'transfers',
  title: 'Transfers',
  note: 'A private Engine 20.10 sends and receives the bytes; most of each time is its work. `cat` reads what is piped.',
  open: (bench) =>
    onEngine(bench, (engine) =>
      TRANSFERS.map((transfer) => transferCase(engine, transfer, { sizes: [16, 64, 256], rounds: 3 })),
    ),
}
