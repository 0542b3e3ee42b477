import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandSummariesSource, commandTableSource } from './generate/command-table.ts'
import { compatibilityText } from './generate/deviation-list.ts'
import { manifestText } from './generate/manifest.ts'
import { ROOT } from './generate/package-facts.ts'
import { protobufFiles } from './generate/protobuf.ts'
import { readmeText } from './generate/readme-table.ts'
import { sourceCommands } from './generate/source-commands.ts'

/**
 * Returns the text of every file that is generated, in whole or in part, by its path. `npm run generate` writes them.
 */
export async function generatedFiles(): Promise<Record<string, string>> {
  const commands = await sourceCommands()
  return {
    'src/command-table.ts': commandTableSource(commands),
    'src/command-summaries.ts': commandSummariesSource(commands),
    'oclif.manifest.json': await manifestText(),
    'README.md': readmeText(committed('README.md'), commands),
    'docs/compatibility.md': compatibilityText(committed('docs/compatibility.md')),
    ...protobufFiles(),
  }
}

/** Returns the current text of a file of the repository. */
export function committed(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

if (import.meta.main) {
  for (const [file, text] of Object.entries(await generatedFiles())) writeFileSync(join(ROOT, file), text)
}
