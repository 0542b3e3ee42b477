import { createHash } from 'node:crypto'
import type { Cli } from '../../cli/cli.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { SwarmNode, TlsInfo } from '../../domain/swarm/node.ts'
import type { Swarm } from '../../domain/swarm/swarm.ts'
import { type Pause, showProgress } from './progress.ts'

const DIGEST = 'desired root digest'
const CERTIFICATES = '  rotated TLS certificates'
const ROOTS = '  rotated CA certificates'
/** Makes up for the letter that the one above has more, so that the bars stand in line. */
const ROOTS_STATUS = ' '

/**
 * Waits until all nodes of a swarm trust its new root certificate, and shows how far they are.
 * @throws EngineError ConnectionError
 */
export async function waitForRotation(isQuiet: boolean, cli: Cli): Promise<void> {
  const { engine } = cli
  await showProgress((pause) => followRotation(engine, pause), isQuiet, cli)
}

/** What docker's client shows of a rotation (docker/cli progress.RootRotationProgress). */
async function* followRotation(engine: Cli['engine'], pause: Pause): AsyncGenerator<JsonMessage> {
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
