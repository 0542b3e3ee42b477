import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { contextArchive } from '../../actions/context/context-archive.ts'
import { findContext } from '../../actions/context/find-context.ts'
import { DockerCommand } from '../../cli/command.ts'
import { readAllTlsFiles } from '../../config/context-store.ts'
import { checkContextName, DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import { ExitStatus, pathErrorText } from '../../domain/errors.ts'
import { isSpecialFile } from '../../files/special-file.ts'
import { one, optional } from '../../flags/arg.ts'

export default class ContextExport extends DockerCommand {
  static override summary = 'Export a context to a tar archive'
  static override examples = [
    {
      description: 'Write a context, with its certificates, to a file',
      command: 'tug context export staging staging.tar',
    },
    { description: 'List what an exported context consists of', command: 'tug context export staging - | tar -t' },
  ]
  static override synopsis = '[OPTIONS] CONTEXT [FILE|-]'
  static override args = { context: one('CONTEXT'), file: optional('FILE') }
  static override completes = ['contexts', 'files'] as const

  async run(): Promise<void> {
    const { args } = await this.read(ContextExport)
    const { out, err } = this.cli
    const name = args.context
    if (name !== DEFAULT_CONTEXT) checkContextName(name)
    const file = args.file ?? `${name}.dockercontext`
    if (file === '-') {
      if (out.isTerminal) {
        throw new ExitStatus(1, 'cowardly refusing to export to a terminal, specify a file path')
      }
      return out.write(this.#archive(name))
    }
    writeNewFile(file, () => this.#archive(name))
    err.write(`Written file "${file}"\n`)
  }

  #archive(name: string): Buffer {
    const context = findContext(name, this.cli)
    return contextArchive({ meta: { Name: name, ...context.meta }, tls: readAllTlsFiles(context) })
  }
}

/**
 * Creates a file that only its owner can read, since it may contain keys. A device or a pipe is written into.
 * @throws Error with docker's message if it exists or cannot be written
 */
function writeNewFile(path: string, content: () => Buffer): void {
  const isSpecial = isSpecialFile(path)
  let fd: number
  try {
    fd = openSync(path, isSpecial ? 'w' : 'wx', 0o600)
  } catch (error) {
    throw new Error(pathErrorText('open', path, error), { cause: error })
  }
  try {
    const bytes = content()
    for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written)
    closeSync(fd)
  } catch (error) {
    closeSync(fd)
    if (!isSpecial) rmSync(path)
    throw error
  }
}
