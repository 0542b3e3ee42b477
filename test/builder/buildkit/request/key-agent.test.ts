import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openAgents } from '../../../../src/builder/buildkit/request/key-agent.ts'
import { until } from '../../../support/engines/http.ts'
import { needTools } from '../../../support/engines/packages.ts'

/** Whether the user has an account. Without one, as in some containers, OpenSSH's programs refuse to run. */
const hasAccount = (() => {
  try {
    return userInfo().uid >= 0
  } catch {
    return false
  }
})()

let directory: string
const keysIn = (socket: string) =>
  execFileSync('ssh-add', ['-l'], { env: { ...process.env, SSH_AUTH_SOCK: socket }, encoding: 'utf8' })

describe.skipIf(!hasAccount)('key agent', () => {
  beforeAll(() => needTools(['ssh-keygen'], () => {}), 120_000)
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tug-key-agent-'))
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'the key', '-f', join(directory, 'key')])
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  test('the agent serves the keys and ends when it is closed', async () => {
    const { agents, close } = await openAgents({ default: { keyPaths: [join(directory, 'key')] } })
    const socket = agents.default?.socketPath ?? ''
    expect(keysIn(socket)).toContain('the key')
    close()
    expect(existsSync(socket)).toBe(false)
  })

  test('no agent is left behind when a key cannot be used', async () => {
    await expect(openAgents({ default: { keyPaths: [join(directory, 'none')] } })).rejects.toThrow('ssh-add')
  })

  test('the agent ends with the process that started it', async () => {
    const program = join(import.meta.dirname, '../../../../src/builder/buildkit/request/key-agent.ts')
    const script = `
    const { openAgents } = await import(${JSON.stringify(program)})
    const { agents } = await openAgents({ default: { keyPaths: [${JSON.stringify(join(directory, 'key'))}] } })
    console.log(agents.default.socketPath)
    setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [output]: Buffer[] = await once(child.stdout, 'data')
    const socket = output?.toString().trim() ?? ''
    expect(keysIn(socket)).toContain('the key')
    child.kill('SIGKILL')
    await until({
      attempt: async () => {
        try {
          keysIn(socket)
          return undefined
        } catch {
          return true
        }
      },
      failure: () => 'the agent still responds',
      timeout: 30_000,
    })
    rmSync(join(socket, '..'), { recursive: true, force: true })
  }, 60_000)
})
