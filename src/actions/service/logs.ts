import { encodeFrame, WholeFrameReader } from '../../domain/container/frames.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { parseServiceLogLine } from '../../domain/service/log.ts'
import type { ServiceApi } from '../../engine/api/services.ts'
import type { LogPrefixes } from './log-prefix.ts'

/** Whose log is to be shown. */
export interface LogSource {
  readonly kind: 'service' | 'task'
  /** Whether its containers write to a terminal: then there are no frames, and no lines to put something before. */
  readonly isTerminal: boolean
  /** The digits of the highest slot. */
  readonly slotWidth: number
}

/** Looks a name up as a service, then as a task. @throws EngineError, Error in docker's words when it is neither */
export async function findLogSource(name: string, services: ServiceApi): Promise<LogSource> {
  try {
    const { Spec } = await services.inspect(name)
    const replicas = Spec?.Mode?.Replicated?.Replicas
    const isTerminal = Spec?.TaskTemplate?.ContainerSpec?.TTY === true
    return { kind: 'service', isTerminal, slotWidth: typeof replicas === 'number' ? String(replicas).length : 1 }
  } catch (error) {
    if (!(error instanceof EngineError && error.isNotFound)) throw error
  }
  try {
    const { Slot = 0, Spec } = await services.task(name)
    return { kind: 'task', isTerminal: Spec?.ContainerSpec?.TTY === true, slotWidth: String(Slot).length }
  } catch (error) {
    if (!(error instanceof EngineError && error.isNotFound)) throw error
    throw new ExitStatus(1, `no such task or service: ${name}`)
  }
}

/** What is shown of each line beside its message. */
export interface LineLook {
  readonly timestamps: boolean
  readonly details: boolean
}

/**
 * A service's log with each line's origin before it: the stream comes in frames, a line each, and goes out in frames.
 * @throws Error in docker's words for a line that says nothing of its origin; EngineError
 */
export async function* withPrefixes(
  body: AsyncIterable<Uint8Array>,
  { timestamps, details }: LineLook,
  prefixes: LogPrefixes,
): AsyncGenerator<Uint8Array> {
  const frames = new WholeFrameReader()
  for await (const chunk of body) {
    for (const { stream, bytes } of frames.read(chunk)) {
      const { timestamp, origin, message } = parseServiceLogLine(bytes, timestamps)
      const head = `${timestamps ? `${timestamp} ` : ''}${await prefixes.of(origin)}    | `
      const shown = details ? `${origin.details.join(',')} ` : ''
      yield encodeFrame(stream, [new TextEncoder().encode(head + shown), message])
    }
  }
}
