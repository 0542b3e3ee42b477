import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePrefix } from './bridge.ts'
import { engineRoot } from './debian-root.ts'
import { type EngineAddress, engineReady } from './docker-engine.ts'
import type { Keeping } from './keeping.ts'
import { launch } from './launch.ts'
import { OWN_ROOT } from './namespaces.ts'
import { needRoot, needTools } from './packages.ts'
import { notePodmanTraces } from './podman-traces.ts'
import { WORKSPACES } from './workspace.ts'

export interface PodmanOptions {
  /** The registry that `library/` images are pulled from instead of Docker Hub. */
  readonly mirrorUrl?: string
  /** Registries that speak plain HTTP, as `localhost:port`, because podman's login expects TLS at 127.0.0.1. */
  readonly plainRegistries?: readonly string[]
}

const PACKAGES = ['podman', 'netavark', 'aardvark-dns', 'nftables', 'crun']

/** crun refuses to run when both versions of control groups are mounted, so the second is unmounted. */
const WITH_ONE_CGROUP_VERSION = 'if [ -d /sys/fs/cgroup/unified ]; then umount /sys/fs/cgroup/unified; fi; exec "$@"'

/** Runs `podman system service` of Debian sid, which serves the Docker Engine API. */
export async function runPodman(options: PodmanOptions, keeping: Keeping): Promise<EngineAddress> {
  const { workspace, note } = keeping
  needRoot('podman')
  await needTools(['ip'], note)
  const root = await engineRoot('sid', PACKAGES, note)
  const { directory, name } = workspace
  const prefix = await freePrefix()
  await notePodmanTraces(directory, { root, prefix })
  await configure(directory, { ...options, bridge: name, prefix })
  const environment = [
    `CONTAINERS_CONF=${directory}/containers.conf`,
    `CONTAINERS_REGISTRIES_CONF=${directory}/registries.conf`,
    'PODMAN_IGNORE_CGROUPSV1_WARNING=1',
  ]
  const daemon = launch(
    OWN_ROOT,
    [
      ...[directory, root, WORKSPACES, 'env', ...environment, 'sh', '-c', WITH_ONE_CGROUP_VERSION, 'sh'],
      ...['podman', '--root', `${directory}/data`, '--runroot', `${directory}/runroot`],
      ...['system', 'service', '--time=0', `unix://${directory}/docker.sock`],
    ],
    join(directory, 'podman.log'),
  )
  keeping.onStop(() => daemon.kill())
  return engineReady(join(directory, 'docker.sock'), daemon)
}

async function configure(
  directory: string,
  options: PodmanOptions & { bridge: string; prefix: string },
): Promise<void> {
  const { prefix, mirrorUrl, plainRegistries = [] } = options
  const containers = [
    // The default limits may be higher than this machine allows even for root.
    ...['[containers]', 'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]', 'dns_servers = ["127.0.0.1"]'],
    ...['[network]', `network_config_dir = "${directory}/networks"`],
    ...[`default_subnet = "${prefix}.0.0/24"`, `default_subnet_pools = [{ base = "${prefix}.0.0/16", size = 24 }]`],
    ...['[engine]', 'cgroup_manager = "cgroupfs"', 'events_logger = "file"'],
  ]
  const network = {
    name: 'podman',
    id: '2f259bab93aaaaa2542ba43ef33eb990d0999ee1b9924b557b7be53c0b7a1bb9',
    driver: 'bridge',
    network_interface: options.bridge,
    subnets: [{ subnet: `${prefix}.0.0/24`, gateway: `${prefix}.0.1` }],
    ipam_options: { driver: 'host-local' },
  }
  const registries = [
    'unqualified-search-registries = ["docker.io"]',
    ...(mirrorUrl === undefined
      ? []
      : [
          '[[registry]]',
          'prefix = "docker.io/library"',
          `location = "${new URL(mirrorUrl).host}/library"`,
          'insecure = true',
        ]),
    ...plainRegistries.flatMap((host) => ['[[registry]]', `location = "${host}"`, 'insecure = true']),
  ]
  await mkdir(join(directory, 'networks'))
  await writeFile(join(directory, 'containers.conf'), containers.join('\n'))
  await writeFile(join(directory, 'networks/podman.json'), JSON.stringify(network))
  await writeFile(join(directory, 'registries.conf'), registries.join('\n'))
}
