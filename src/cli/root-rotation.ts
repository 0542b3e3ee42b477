import { createHash } from 'node:crypto'
import type { JsonMessage } from '../domain/json-message.ts'
import type { SwarmNode, TlsInfo } from '../domain/node.ts'
import type { Swarm } from '../domain/swarm.ts'
import { displayMessages, ProgressDisplay } from '../format/progress/display.ts'
import type { Cli } from './cli.ts'
import { NO_PROGRESS } from './pull.ts'

/** Milliseconds between two looks at the swarm. */
const PAUSE = 200

const DIGEST = 'desired root digest'
const CERTIFICATES = '  rotated TLS certificates'
const ROOTS = '  rotated CA certificates'
/** Makes up for the letter that the one above has more, so that the bars stand in line. */
const ROOTS_STATUS = ' '

/**
 * Waits until all nodes of a swarm trust its new root certificate, and shows how far they are. Ctrl-C ends the waiting,
 * which is no failure: the swarm goes on.
 * @throws EngineError ConnectionError
 */
export async function waitForRotation(isQuiet: boolean, { engine, out, now }: Cli): Promise<void> {
  const interruption = Promise.withResolvers<true>()
  const interrupt = () => interruption.resolve(true)
  process.on('SIGINT', interrupt)
  const pause = async () => {
    const moment = Promise.withResolvers<false>()
    const timer = setTimeout(() => moment.resolve(false), PAUSE)
    const isInterrupted = await Promise.race([interruption.promise, moment.promise])
    clearTimeout(timer)
    return isInterrupted
  }
  try {
    const messages = followRotation({ engine, pause })
    await displayMessages(messages, new ProgressDisplay(isQuiet ? NO_PROGRESS : out, now))
  } finally {
    process.off('SIGINT', interrupt)
  }
}

interface Following extends Pick<Cli, 'engine'> {
  /** Waits a moment. @returns whether somebody asked to stop waiting */
  readonly pause: () => Promise<boolean>
}

/** What docker's client shows of a rotation (docker/cli progress.RootRotationProgress). */
async function* followRotation({ engine, pause }: Following): AsyncGenerator<JsonMessage> {
  yield step(DIGEST, '')
  yield step(CERTIFICATES, '')
  yield step(ROOTS, ROOTS_STATUS)
  for (let isDone = false; ; ) {
    const swarm = await engine.swarm.inspect()
    if (isDone) return
    const nodes = await engine.nodes.list({})
    const progress = rotationProgress(swarm, nodes)
    yield* progress.messages
    isDone = progress.isDone
    if (await pause()) {
      if (!isDone) {
        yield { status: 'Operation continuing in background.' }
        yield { status: 'Use `swarmctl cluster inspect default` to check progress.' }
      }
      return
    }
  }
}

/** How far a rotation is, and whether that is all. */
export function rotationProgress(
  { TLSInfo: wanted = {}, RootRotationInProgress = false }: Swarm,
  nodes: readonly SwarmNode[],
): { readonly messages: readonly JsonMessage[]; readonly isDone: boolean } {
  const total = nodes.length
  const certificates = nodes.filter(({ Description }) => hasSameIssuer(Description?.TLSInfo, wanted)).length
  const roots = nodes.filter(({ Description }) => root(Description?.TLSInfo) === root(wanted)).length
  const areSigned = certificates === total && !RootRotationInProgress
  const digest = createHash('sha256').update(root(wanted)).digest('hex')
  return {
    messages: [
      step(DIGEST, `sha256:${digest}`),
      bar(CERTIFICATES, '', certificates, total),
      // Before all certificates are new, no node lets go of the old root.
      bar(ROOTS, ROOTS_STATUS, areSigned ? roots : 0, total),
    ],
    isDone: areSigned && roots === total,
  }
}

function hasSameIssuer(one: TlsInfo = {}, other: TlsInfo): boolean {
  const { CertIssuerPublicKey: key = '', CertIssuerSubject: subject = '' } = one
  return key === (other.CertIssuerPublicKey ?? '') && subject === (other.CertIssuerSubject ?? '')
}

function root({ TrustRoot = '' }: TlsInfo = {}): string {
  return TrustRoot
}

function step(id: string, status: string): JsonMessage {
  return { id, status, progressDetail: {} }
}

function bar(id: string, status: string, current: number, total: number): JsonMessage {
  return { id, status, progressDetail: { current, total, units: 'nodes' } }
}
