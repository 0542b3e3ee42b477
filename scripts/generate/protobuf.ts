import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { ROOT } from './package-facts.ts'

const DIRECTORY = 'src/builder/buildkit/gen'

/**
 * Returns the messages of `proto/` in TypeScript, by path. buf runs only our local plugin and does not use the network.
 */
export function protobufFiles(): Record<string, string> {
  const output = mkdtempSync(join(tmpdir(), 'tug-protobuf-'))
  try {
    const bin = join(ROOT, 'node_modules/.bin')
    execFileSync(join(bin, 'buf'), ['generate', '.', '--output', output], {
      cwd: join(ROOT, 'proto'),
      env: { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) },
    })
    const names = globSync('**/*_pb.ts', { cwd: output }).sort()
    return Object.fromEntries(names.map((name) => [join(DIRECTORY, name), readFileSync(join(output, name), 'utf8')]))
  } finally {
    rmSync(output, { recursive: true })
  }
}
