import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ChildProcess, programPath, spawnProgram } from '../../../programs/programs.ts'
import type { AgentSource } from '../common/solve-request.ts'
import type { FoundAgent } from './providers.ts'

/** The running ssh agents of a build. */
export interface OpenAgents {
  readonly agents: Readonly<Record<string, AgentSource>>
  /** Ends the agents that were started for the build. */
  close(): void
}

/**
 * Starts an `ssh-agent` for the keys of each `--ssh ID=key`. `ssh-add` prompts for their passphrases. An agent that is
 * given as a socket is used as it is. The caller closes the result.
 * @throws Error when ssh-agent cannot be started, or a key cannot be used
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
 * Starts an agent. It ends with the command that it was started for, which ends when its stdin is closed. So the agent
 * and the keys in it do not outlive this process, even when it is killed.
 */
async function startAgent(): Promise<{ socketPath: string; end: () => void }> {
  const directory = mkdtempSync(join(tmpdir(), 'tug-ssh-'))
  const socketPath = join(directory, 'agent')
  // ssh-agent searches PATH for the command itself, so the command has an absolute path.
  const command = [programPath('sh'), '-c', 'echo "$SSH_AGENT_PID"; exec cat']
  const child = spawnProgram('ssh-agent', ['-a', socketPath, ...command], { stdio: ['pipe', 'pipe', 'ignore'] })
  let agentPid = 0
  const end = () => {
    child.kill()
    if (agentPid > 0) endProcess(agentPid)
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    // The agent listens on its socket before it starts the command, so it is ready when the command prints.
    const [output]: Buffer[] = await Promise.race([once(child.stdout, 'data'), rejectAtExit(child, 'ssh-agent')])
    agentPid = Number.parseInt(output?.toString() ?? '', 10)
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
    // It has ended already.
  }
}

async function addKeys(socketPath: string, keyPaths: readonly string[]): Promise<void> {
  const child = spawnProgram('ssh-add', ['-q', '--', ...keyPaths], {
    stdio: ['inherit', 'ignore', 'inherit'],
    env: { ...process.env, SSH_AUTH_SOCK: socketPath },
  })
  await rejectAtExit(child, 'ssh-add').catch((error: unknown) => {
    if (child.exitCode !== 0) throw error
  })
}

/** Waits until the program ends, then throws; also throws when it cannot be started. */
async function rejectAtExit(child: ChildProcess, name: string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`${name} ended with exit code ${child.exitCode ?? 'none'}`)
}
