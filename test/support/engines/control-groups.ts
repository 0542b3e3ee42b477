import { existsSync } from 'node:fs'
import { readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Removes the control groups `name` of all hierarchies with their children. Groups with running processes stay. */
export async function removeControlGroups(name: string): Promise<void> {
  const root = '/sys/fs/cgroup'
  const controllers = await readdir(root).catch(() => [])
  for (const group of [join(root, name), ...controllers.map((controller) => join(root, controller, name))]) {
    if (existsSync(group)) await removeGroup(group)
  }
}

async function removeGroup(group: string): Promise<void> {
  for (const entry of await readdir(group, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeGroup(join(group, entry.name))
  }
  await rmdir(group).catch(() => undefined)
}
