/** The program that test/support/launch.ts starts: it runs programs for a test worker, and ends with it. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { LauncherReport, LauncherRequest } from './launch.ts'

const children = new Map<number, ChildProcess>()

process.on('message', (request: LauncherRequest) => {
  if (request.kind === 'kill') return void children.get(request.id)?.kill(request.signal)
  try {
    run(request)
  } catch (error) {
    // Words that cannot be passed to a program, such as those with NUL bytes, are refused before it is started.
    report({ kind: 'failed', id: request.id, message: String(error) })
  }
})
process.on('disconnect', () => {
  for (const child of children.values()) child.kill('SIGKILL')
  process.exit()
})

function run({ id, file, args, input, ...options }: Extract<LauncherRequest, { kind: 'run' }>): void {
  const child = spawn(file, args, { ...options, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
  children.set(id, child)
  report({ kind: 'started', id, pid: child.pid })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout?.on('data', (bytes: Buffer) => stdout.push(bytes))
  child.stderr?.on('data', (bytes: Buffer) => stderr.push(bytes))
  // A program that exits without reading its input closes the pipe.
  child.stdin?.on('error', () => {}).end(input)
  child.on('error', ({ message }) => {
    children.delete(id)
    report({ kind: 'failed', id, message })
  })
  child.on('close', (exitCode, signal) => {
    if (!children.delete(id)) return
    report({ kind: 'ended', id, exitCode, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) })
  })
}

function report(message: LauncherReport): void {
  process.send?.(message)
}
