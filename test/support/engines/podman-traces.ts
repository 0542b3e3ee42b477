import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bridgeNames, removeBridge } from './bridge.ts'
import { command } from './command.ts'
import { removeControlGroups } from './control-groups.ts'

/**
 * What podman leaves outside of its directory when it is killed, because its network code runs outside of our
 * namespaces.
 */
interface Traces {
  /** The root file system that contains `nft`. */
  readonly root: string
  /** The first two numbers of podman's addresses, such as `10.187`. */
  readonly prefix: string
}

const TABLE = ['inet', 'netavark']
const FILE = 'podman-traces.json'

/** Writes to the workspace what `removePodmanTraces` has to look for. */
export async function notePodmanTraces(directory: string, traces: Traces): Promise<void> {
  await writeFile(join(directory, FILE), JSON.stringify(traces))
}

/** Removes the firewall rules, bridges and control groups of the podman that ran in this workspace, if one did. */
export async function removePodmanTraces(directory: string): Promise<void> {
  if (!existsSync(join(directory, FILE))) return
  const { root, prefix }: Traces = JSON.parse(await readFile(join(directory, FILE), 'utf8'))
  for (const bridge of await bridgeNames()) {
    const addresses = await command('ip', ['-4', 'address', 'show', 'dev', bridge]).catch(() => '')
    if (addresses.includes(` ${prefix}.`)) await removeBridge(bridge)
  }
  await removeRules((args) => command('chroot', [root, 'nft', ...args]), prefix)
  await removeControlGroups('libpod_parent')
}

/**
 * Removes the rules with our addresses, then the chains of our networks, and the table when it has no other networks.
 */
async function removeRules(nft: (args: string[]) => Promise<string>, prefix: string): Promise<void> {
  const listing = await nft(['-a', 'list', 'table', ...TABLE]).catch(() => undefined)
  if (listing === undefined) return
  const chainMark = `_${prefix.replace('.', '_')}_`
  const isOurs = (line: string) => line.includes(`${prefix}.`) || line.includes(chainMark)
  const ourChains: string[] = []
  let otherNetworks = 0
  let chain = ''
  for (const line of listing.split('\n')) {
    const opened = /^\s*chain (\S+) \{/.exec(line)?.[1]
    if (opened !== undefined) {
      chain = opened
      if (isOurs(chain)) ourChains.push(chain)
      else if (/^nv_/.test(chain)) otherNetworks++
      continue
    }
    const handle = /# handle (\d+)$/.exec(line)?.[1]
    if (handle !== undefined && isOurs(line)) await nft(['delete', 'rule', ...TABLE, chain, 'handle', handle])
  }
  if (otherNetworks === 0) await nft(['delete', 'table', ...TABLE])
  else for (const name of ourChains) await nft(['delete', 'chain', ...TABLE, name])
}
