import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ROOT } from './package-facts.ts'

const DIRECTORY = 'src/builder/buildkit/gen'

/** The messages of `proto/` in TypeScript, by path. buf runs our own plugin alone and asks nobody on the network. */
export function protobufFiles(): Record<string, string> {
  const made = mkdtempSync(join(tmpdir(), 'tug-protobuf-'))
  try {
    const bin = join(ROOT, 'node_modules/.bin')
    execFileSync(join(bin, 'buf'), ['generate', '.', '--output', made], {
      cwd: join(ROOT, 'proto'),
      env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
    })
    const names = globSync('**/*_pb.ts', { cwd: made }).sort()
    return Object.fromEntries(names.map((name) => [join(DIRECTORY, name), readFileSync(join(made, name), 'utf8')]))
  } finally {
    rmSync(made, { recursive: true })
  }
}
