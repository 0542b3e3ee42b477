import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { command } from './command.ts'
import { findExecutable } from './packages.ts'

export interface Bridge {
  readonly name: string
  /**
   * The /16 of this bridge, such as `10.187.0.0/16`. The bridge uses the first /24, the engine's networks use others.
   */
  readonly pool: string
  /** The address of the bridge. */
  readonly address: string
}

/** Creates a bridge on a subnet that no route of this machine covers. */
export async function createBridge(name: string): Promise<Bridge> {
  const prefix = await freePrefix()
  await command('ip', ['link', 'add', name, 'type', 'bridge'])
  await command('ip', ['address', 'add', `${prefix}.0.1/24`, 'dev', name])
  await command('ip', ['link', 'set', name, 'up'])
  return { name, pool: `${prefix}.0.0/16`, address: `${prefix}.0.1` }
}

/** Returns the first two numbers of a /16 that overlaps with no route of this machine, such as `10.187`. */
export async function freePrefix(): Promise<string> {
  const routes = await command('ip', ['-4', 'route'])
  for (;;) {
    const prefix = `10.${randomInt(100, 250)}`
    if (!routes.includes(`${prefix}.`)) return prefix
  }
}

/** Returns the names of this machine's bridges. */
export async function bridgeNames(): Promise<string[]> {
  const links = await readdir('/sys/class/net').catch(() => [])
  return links.filter((link) => existsSync(`/sys/class/net/${link}/bridge`))
}

export async function removeBridge(name: string): Promise<void> {
  if (findExecutable('ip') !== undefined) await command('ip', ['link', 'delete', name]).catch(() => undefined)
}
