import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChildProcess, programPath, spawnProgram } from '../../../programs/programs.ts'
import type { AgentSource } from '../common/solve-request.ts'
import type { FoundAgent } from './providers.ts'

/** The agents of a build, all of them running. */
export interface OpenAgents {
  readonly agents: Readonly<Record<string, AgentSource>>
  /** Ends those that were started. */
  close(): void
}

/**
 * Starts an `ssh-agent` of our own for the keys of `--ssh ID=key`; `ssh-add` asks for their passphrases.
 * @throws Error where there is no ssh-agent, or a key cannot be used
 */
export async function openAgents(found: Readonly<Record<string, FoundAgent>>): Promise<OpenAgents> {
  const agents: Record<string, AgentSource> = {}
  const closers: (() => void)[] = []
  const close = () => {
    for (const end of closers.splice(0)) end()
  }
  try {
    for (const [id, agent] of Object.entries(found)) {
      if ('socketPath' in agent) {
        agents[id] = agent
        continue
      }
      const { socketPath, end } = await startAgent()
      closers.push(end)
      await addKeys(socketPath, agent.keyPaths)
      agents[id] = { socketPath }
    }
    return { agents, close }
  } catch (error) {
    close()
    throw error
  }
}

/**
 * An agent ends with the command that it was started for, and that one with our end of its stdin: so it does not
 * outlive us with the keys in it, not even where we are killed.
 */
async function startAgent(): Promise<{ socketPath: string; end: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'tug-ssh-'))
  const socketPath = join(directory, 'agent')
  // ssh-agent looks for the command on PATH by itself.
  const command = [programPath('sh'), '-c', 'echo "$SSH_AGENT_PID"; exec cat']
  const child = spawnProgram('ssh-agent', ['-a', socketPath, ...command], { stdio: ['pipe', 'pipe', 'ignore'] })
  let agentPid = 0
  const end = () => {
    child.kill()
    if (agentPid > 0) endProcess(agentPid)
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    // It listens before it starts the command.
    const [said]: Buffer[] = await Promise.race([once(child.stdout, 'data'), failure(child, 'ssh-agent')])
    agentPid = Number.parseInt(said?.toString() ?? '', 10)
  } catch (error) {
    end()
    throw error
  }
  return { socketPath, end }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid)
  } catch {
    // It is gone already.
  }
}

async function addKeys(socketPath: string, keyPaths: readonly string[]): Promise<void> {
  const adding = spawnProgram('ssh-add', ['-q', '--', ...keyPaths], {
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, SSH_AUTH_SOCK: socketPath },
  })
  await failure(adding, 'ssh-add').catch((error: unknown) => {
    if (adding.exitCode !== 0) throw error
  })
}

/** Never settles well: it throws when the program cannot be started, or has ended. */
async function failure(child: ChildProcess, name: string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`${name} ended with exit code ${child.exitCode ?? 'none'}`)
}
