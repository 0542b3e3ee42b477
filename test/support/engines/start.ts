import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { EngineAddress, EngineOptions } from './docker-engine.ts'
import type { PodmanOptions } from './podman.ts'
import type { MirrorAddress, RegistryAddress, RegistryOptions } from './registry.ts'
import type { ServiceName } from './services.ts'

/** A service that runs until it is stopped or this process ends. */
export type Running<Address> = Address & {
  /** Stops the service. It has been removed completely when the promise settles. */
  stop(): Promise<void>
}

export interface Progress {
  /** Called with what takes time; prints to stderr by default. */
  readonly note?: (text: string) => void
  /** Cancels the start. */
  readonly signal?: AbortSignal
}

/** Starts a private docker engine. @throws Error with the end of the daemon's log, or with what to install */
export function startEngine(options: EngineOptions, progress?: Progress): Promise<Running<EngineAddress>> {
  return keep('docker', options, progress)
}

/** Starts podman's Docker-compatible API (Debian sid's podman 5). */
export function startPodman(options: PodmanOptions = {}, progress?: Progress): Promise<Running<EngineAddress>> {
  return keep('podman', options, progress)
}

/** Starts an empty registry on 127.0.0.1. */
export function startRegistry(options: RegistryOptions = {}, progress?: Progress): Promise<Running<RegistryAddress>> {
  return keep('registry', options, progress)
}

/** Starts the registry that engines pull `busybox`, `python:3.8-slim` and `python:2.7-slim` from. */
export function startMirror(progress?: Progress): Promise<Running<MirrorAddress>> {
  return keep('mirror', {}, progress)
}

type Line<Address> = { note: string } | { ready: Address } | { failed: string }

async function keep<Address extends object>(
  service: ServiceName,
  options: object,
  { note = (text) => void process.stderr.write(`${text}\n`), signal }: Progress = {},
): Promise<Running<Address>> {
  const keeper = spawn(
    process.execPath,
    [fileURLToPath(new URL('keeper.ts', import.meta.url)), JSON.stringify({ service, options })],
    { stdio: ['pipe', 'pipe', 'inherit'], detached: true },
  )
  keeper.stdin.on('error', () => undefined)
  const ended = once(keeper, 'exit')
  // The keeper must not keep this process alive. It ends when its stdin is closed, which happens when this process
  // ends.
  keeper.unref()
  const stop = async () => {
    keeper.ref()
    keeper.stdin.end()
    await ended
  }
  const giveUp = () => void stop()
  signal?.addEventListener('abort', giveUp)
  try {
    for await (const text of createInterface({ input: keeper.stdout })) {
      const line: Line<Address> = JSON.parse(text)
      if ('note' in line) note(line.note)
      if ('failed' in line) throw new Error(line.failed)
      if ('ready' in line) return { ...line.ready, stop }
    }
    throw new Error(`the keeper of ${service} ended before it was ready`)
  } catch (error) {
    await stop()
    throw error
  } finally {
    signal?.removeEventListener('abort', giveUp)
    keeper.stdout.destroy()
  }
}
