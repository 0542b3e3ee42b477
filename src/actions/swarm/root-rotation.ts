/** The rotation of a swarm's root CA. */
import type { Cli } from '../../cli/cli.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { SwarmNode, TlsInfo } from '../../domain/swarm/node.ts'
import type { Swarm } from '../../domain/swarm/swarm.ts'
import { sha256 } from '../../files/sha256.ts'
import { type Pause, showProgress } from './progress.ts'

const DIGEST = 'desired root digest'
const CERTIFICATES = '  rotated TLS certificates'
const ROOTS = '  rotated CA certificates'
/** Pads the shorter label, so that the progress bars are aligned. */
const ROOTS_STATUS = ' '

/**
 * Waits until all nodes of the swarm trust its new root CA, and shows the progress.
 * @throws EngineError, ConnectionError
 */
export async function waitForRotation(isQuiet: boolean, cli: Cli): Promise<void> {
  const { engine } = cli
  await showProgress((pause) => followRotation(engine, pause), isQuiet, cli)
}

/** Yields the messages that docker's client shows during a rotation (docker/cli progress.RootRotationProgress). */
async function* followRotation(engine: Cli['engine'], pause: Pause): AsyncGenerator<JsonMessage> {
  yield statusLine(DIGEST, '')
  yield statusLine(CERTIFICATES, '')
  yield statusLine(ROOTS, ROOTS_STATUS)
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

/** Returns the messages for the current state of a rotation, and whether it is complete. */
export function rotationProgress(
  { TLSInfo: target = {}, RootRotationInProgress = false }: Swarm,
  nodes: readonly SwarmNode[],
): { readonly messages: readonly JsonMessage[]; readonly isDone: boolean } {
  const total = nodes.length
  const certificates = nodes.filter(({ Description }) => hasSameIssuer(Description?.TLSInfo, target)).length
  const roots = nodes.filter(({ Description }) => trustRoot(Description?.TLSInfo) === trustRoot(target)).length
  const areSigned = certificates === total && !RootRotationInProgress
  const digest = sha256(trustRoot(target))
  return {
    messages: [
      statusLine(DIGEST, `sha256:${digest}`),
      barLine(CERTIFICATES, '', certificates, total),
      // Nodes keep the old root until all certificates are rotated.
      barLine(ROOTS, ROOTS_STATUS, areSigned ? roots : 0, total),
    ],
    isDone: areSigned && roots === total,
  }
}

function hasSameIssuer(one: TlsInfo = {}, other: TlsInfo): boolean {
  const { CertIssuerPublicKey: key = '', CertIssuerSubject: subject = '' } = one
  return key === (other.CertIssuerPublicKey ?? '') && subject === (other.CertIssuerSubject ?? '')
}

function trustRoot({ TrustRoot = '' }: TlsInfo = {}): string {
  return TrustRoot
}

function statusLine(id: string, status: string): JsonMessage {
  return { id, status, progressDetail: {} }
}

function barLine(id: string, status: string, current: number, total: number): JsonMessage {
  return { id, status, progressDetail: { current, total, units: 'nodes' } }
}
