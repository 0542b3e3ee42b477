import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandSummariesSource, commandTableSource } from './generate/command-table.ts'
import { compatibilityText } from './generate/deviation-list.ts'
import { dockerCommands } from './generate/docker-commands.ts'
import { manifestText } from './generate/manifest.ts'
import { readmeText } from './generate/missing-commands.ts'
import { ROOT } from './generate/package-facts.ts'
import { protobufFiles } from './generate/protobuf.ts'
import { REFERENCE, referenceFiles } from './generate/reference/markdown.ts'
import { sourceCommands } from './generate/source-commands.ts'

/**
 * Returns the text of every file that is generated, in whole or in part, by its path. `npm run generate` writes them.
 */
export async function generatedFiles(): Promise<Record<string, string>> {
  const commands = await sourceCommands()
  const docker = dockerCommands()
  return {
    'src/command-table.ts': commandTableSource(commands),
    'src/command-summaries.ts': commandSummariesSource(commands),
    'oclif.manifest.json': await manifestText(),
    'README.md': readmeText(committed('README.md'), commands, docker),
    'docs/compatibility.md': compatibilityText(committed('docs/compatibility.md')),
    ...referenceFiles(commands, docker),
    ...protobufFiles(),
  }
}

/** Returns the current text of a file of the repository. */
export function committed(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** Returns the pages of the reference whose commands no longer exist. @param files the generated files, by path */
export function obsoletePages(files: Readonly<Record<string, string>>): string[] {
  return globSync(`${REFERENCE}/**/*.md`, { cwd: ROOT }).filter((file) => !(file in files))
}

if (import.meta.main) {
  const files = await generatedFiles()
  for (const file of obsoletePages(files)) rmSync(join(ROOT, file))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true })
    writeFileSync(join(ROOT, file), text)
  }
}
