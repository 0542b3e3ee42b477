import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { startEngine, startMirror } from '../../test/support/engines/start.ts'
import { REFERENCE } from '../clients.ts'
import type { Case, Subject } from './case.ts'

/** Commands that start a process in a container, and bytes through one, on a private engine. */
export const sessions: Subject = {
  name: 'sessions',
  title: 'Sessions',
  note: "On a private Engine 20.10; most of each wall time is the engine's work.",
  open: async ({ scratch }) => {
    const mirror = await startMirror()
    const engine = await startEngine({ from: 'machine', mirrorUrl: mirror.url })
    const close = async () => {
      await engine.stop()
      await mirror.stop()
    }
    const host = `unix://${engine.socket}`
    const docker = (...args: string[]) => execFileSync(REFERENCE, ['-H', host, ...args], { stdio: 'ignore' })
    try {
      docker('pull', '-q', 'busybox')
      docker('run', '-d', '--name', 'box', 'busybox', 'sleep', '100000')
    } catch (error) {
      await close()
      throw error
    }
    const command = (rounds: number, ...args: string[]): Case => {
      return { title: `\`${args.join(' ')}\``, rounds, prepare: () => ({ args, host }) }
    }
    const cat = ['run', '-i', '--rm', '--log-driver', 'none', 'busybox', 'cat']
    const roundTrip: Case = {
      title: `{n} MiB through \`${cat.join(' ')}\``,
      sizes: [16, 64, 256],
      rounds: 3,
      prepare: (size) => {
        const file = join(scratch, 'random')
        execFileSync('sh', ['-c', 'head -c "$1" /dev/urandom >"$2"', 'sh', String(size * 2 ** 20), file])
        return { args: cat, host, stdin: file, output: 'pipe' }
      },
    }
    const cases = [command(20, 'run', '--rm', 'busybox', 'true'), command(40, 'exec', 'box', 'true'), roundTrip]
    return { cases, close }
  },
}
