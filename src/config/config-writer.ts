import { mkdirSync } from 'node:fs'
import { type ConfigFile, type JsonObject, loadConfigFile } from './config-file.ts'

/**
 * Changes config.json: read anew, changed, written as a whole or not at all. Keys that tug does not know stay, in
 * their order. The file is readable by its owner only, because it holds credentials.
 * @throws Error when the file holds no JSON: what stands in it is not ours to throw away
 */
export async function updateConfigFile({ dir }: ConfigFile, change: (data: JsonObject) => void): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic')
  const { data, path, warning } = loadConfigFile(dir)
  if (warning !== '') throw new Error(`not changing ${path}: ${warning.replace(/^WARNING: /, '')}`)
  change(data)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  await writeFileAtomic(path, JSON.stringify(data, null, '\t'), { mode: 0o600 })
}
