import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { lastLines, SYSTEM_PATH } from './command.ts'

/** A daemon that this process has started. */
export interface Launched {
  /** Returns the last lines of its log, for an error message. */
  logTail(): string
  /** Settles when all of its processes have ended. */
  readonly ended: Promise<void>
  readonly hasEnded: () => boolean
  kill(): Promise<void>
}

const NAMESPACES = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private']

/**
 * Starts `script` (for `sh -eu`, with `args` as `$1` and so on) as the first process of new process and mount
 * namespaces, which needs root. When it ends, all other processes and the mounts end too. It also ends when this
 * process is killed. Its output goes to the file `log`.
 */
export function launch(script: string, args: readonly string[], log: string): Launched {
  const child = start(['unshare', ...NAMESPACES, '--', 'sh', '-euc', script, 'sh', ...args], log)
  return launched(child, log, () => {
    // unshare waits for the namespace's first process, which ends after all others.
    const first = child.pid === undefined ? undefined : childOf(child.pid)
    if (first !== undefined) process.kill(first, 'SIGKILL')
    else child.kill('SIGKILL')
  })
}

/**
 * Starts a program that starts no others. It also ends when this process is killed. Its output goes to the file `log`.
 */
export function launchProgram(words: readonly string[], log: string): Launched {
  const child = start(words, log)
  return launched(child, log, () => child.kill('SIGKILL'))
}

function start(words: readonly string[], log: string): ChildProcess {
  const output = openSync(log, 'a')
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...words], {
    stdio: ['ignore', output, output],
    env: daemonEnvironment(),
  })
  closeSync(output)
  return child
}

function launched(child: ChildProcess, log: string, kill: () => void): Launched {
  let over = false
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over = true
      resolve()
    }
    child.once('error', end)
    child.once('exit', end)
  })
  return {
    logTail: () => lastLines(readFileSync(log, 'utf8'), 15),
    ended,
    hasEnded: () => over,
    async kill() {
      kill()
      await ended
    },
  }
}

function daemonEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(DOCKER_|NODE_|npm_|VITEST|INVOCATION_ID)/.test(name),
  )
  return { ...Object.fromEntries(inherited), PATH: SYSTEM_PATH }
}

function childOf(parent: number): number | undefined {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
      if (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(parent)) return Number(entry)
    } catch {
      // The process ended in the meantime.
    }
  }
  return undefined
}
