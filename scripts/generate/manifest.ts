import { Plugin } from '@oclif/core'
import { packageFacts, ROOT } from './package-facts.ts'

/**
 * Returns the text of oclif.manifest.json as `oclif manifest` writes it. It is generated from the sources, so that no
 * build is needed, and sorted, so that the same sources always give the same text.
 */
export async function manifestText(): Promise<string> {
  const { oclif, ...facts } = packageFacts()
  const sources = { ...oclif, commands: { ...oclif.commands, target: './src/commands' } }
  const plugin = new Plugin({
    root: ROOT,
    type: 'core',
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
    pjson: { ...facts, oclif: sources },
  })
  await plugin.load()
  const { commands, version } = plugin.manifest
  const built = Object.keys(commands)
    .sort()
    .map((id) => [id, { ...commands[id], relativePath: builtPath(commands[id]?.relativePath ?? []) }])
  return `${JSON.stringify({ commands: Object.fromEntries(built), version }, null, 2)}\n`
}

/** Returns the path of a source file's output in the build. */
function builtPath([, ...rest]: readonly string[]): string[] {
  return ['dist', ...rest].map((part) => part.replace(/\.ts$/, '.js'))
}
