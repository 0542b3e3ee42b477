import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bridge, createBridge } from './bridge.ts'
import { engineRoot } from './debian-root.ts'
import { request, until } from './http.ts'
import type { Keeping } from './keeping.ts'
import { type Launched, launch } from './launch.ts'
import { HOST_ROOT, OWN_ROOT } from './namespaces.ts'
import { allowOutbound } from './outbound.ts'
import { needRoot, needTools } from './packages.ts'
import { NETWORKS, WORKSPACES } from './workspace.ts'

export interface EngineOptions {
  /**
   * The source of the engine: the machine's own `dockerd` (20.10 on Debian bookworm), or that of Debian trixie (26.1)
   * or sid (28.5) in a separate root file system.
   */
  readonly from: 'machine' | 'trixie' | 'sid'
  /** The registry that `library/` images are pulled from instead of Docker Hub. */
  readonly mirrorUrl?: string
  /** Whether containers can reach the network outside of this machine. */
  readonly outbound?: boolean
  /** Paths of the certificates of authorities that the engine trusts for a registry, by the registry's `host:port`. */
  readonly authorities?: Readonly<Record<string, string>>
  /** Whether images are kept in containerd's image store, which engines since 24 support. */
  readonly containerdStore?: boolean
  /** Whether experimental features, such as checkpoints, are enabled. */
  readonly experimental?: boolean
  /**
   * Whether images and containers are kept in memory. Creating and starting a container waits for about thirty writes to
   * reach the disk.
   */
  readonly inMemory?: boolean
  /** How often a download is attempted, with growing pauses; 5 by default. */
  readonly downloadAttempts?: number
}

export interface EngineAddress {
  /** The path of the API's unix socket. */
  readonly socket: string
  /** The version that the daemon reports, such as `20.10.24+dfsg1`; its API version is `1.41` then. */
  readonly version: string
  readonly apiVersion: string
}

/** The daemon lists processes with the host's `ps`, which is in the package `procps`. */
const SUITE_PACKAGES = ['docker.io', 'iptables', 'procps']

/** Runs a `dockerd` that shares nothing with any other one, and waits until it responds. */
export async function runDockerEngine(options: EngineOptions, keeping: Keeping): Promise<EngineAddress> {
  const { workspace, note } = keeping
  needRoot('a private docker engine')
  await needTools(options.from === 'machine' ? ['dockerd', 'iptables', 'ip'] : ['ip'], note)
  const root = options.from === 'machine' ? undefined : await engineRoot(options.from, SUITE_PACKAGES, note)
  const bridge = await createBridge(workspace.name)
  if (options.outbound) keeping.onStop(await allowOutbound(bridge))
  for (const [host, authority] of Object.entries(options.authorities ?? {})) {
    const certificates = join(workspace.directory, 'certs.d', host)
    await mkdir(certificates, { recursive: true })
    await copyFile(authority, join(certificates, 'ca.crt'))
  }
  if (options.inMemory) await mkdir(join(workspace.directory, NETWORKS))
  const args = ['dockerd', ...(await flags(options, bridge, workspace.directory))]
  const log = join(workspace.directory, 'dockerd.log')
  const daemon =
    root === undefined
      ? launch(HOST_ROOT, [workspace.directory, ...args], log)
      : launch(OWN_ROOT, [workspace.directory, root, WORKSPACES, ...args], log)
  keeping.onStop(() => daemon.kill())
  return engineReady(join(workspace.directory, 'docker.sock'), daemon)
}

/** Waits until the daemon at `socket` responds with its version. */
export async function engineReady(socket: string, daemon: Launched): Promise<EngineAddress> {
  return until({
    attempt: async () => {
      const { status, body } = await request({ socketPath: socket, path: '/version' })
      if (status !== 200) return undefined
      const response: { Version: string; ApiVersion: string } = JSON.parse(body)
      return { socket, version: response.Version, apiVersion: response.ApiVersion }
    },
    failure: () => `the engine did not get ready:\n${daemon.logTail()}`,
    isOver: daemon.hasEnded,
    timeout: 60_000,
  })
}

async function flags(options: EngineOptions, bridge: Bridge, directory: string): Promise<string[]> {
  const settings = join(directory, 'daemon.json')
  await writeFile(
    settings,
    JSON.stringify(options.containerdStore ? { features: { 'containerd-snapshotter': true } } : {}),
  )
  return [
    ...['--config-file', settings, '--host', `unix://${directory}/docker.sock`, '--pidfile', `${directory}/docker.pid`],
    ...['--data-root', `${directory}/data`, '--exec-root', `${directory}/exec`],
    // Without iptables rules there is nothing to clean up. docker-proxy serves published ports, on loopback only.
    ...['--bridge', bridge.name, '--iptables=false', '--ip6tables=false', '--ip-forward=false', '--ip', '127.0.0.1'],
    ...['--default-address-pool', `base=${bridge.pool},size=24`],
    ...['--cgroup-parent', `/${bridge.name}`, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
    // `--ip` applies to the default bridge. Engines since 24 have the same option for networks that users create.
    ...(options.from === 'machine'
      ? []
      : ['--default-network-opt', 'bridge=com.docker.network.bridge.host_binding_ipv4=127.0.0.1']),
    // Without outbound access a name server would only time out; this address refuses at once.
    ...(options.outbound ? [] : ['--dns', '127.0.0.1']),
    ...(options.downloadAttempts === undefined ? [] : ['--max-download-attempts', String(options.downloadAttempts)]),
    ...(options.experimental ? ['--experimental'] : []),
    ...(options.mirrorUrl === undefined ? [] : ['--registry-mirror', options.mirrorUrl]),
  ]
}
