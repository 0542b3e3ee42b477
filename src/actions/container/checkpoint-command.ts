import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { type CommandFacts, DockerCommand, HelpRequested, type ReadArgv } from '../../cli/command.ts'
import { text } from '../../flags/flag.ts'

/** What a daemon must be to keep checkpoints. */
const NEEDS = { minApi: '1.25', daemonOs: 'linux', isExperimental: true } as const

export const checkpointDir = text({ summary: 'Where checkpoints are kept, on the machine of the daemon' })

/** A command about checkpoints. */
export abstract class CheckpointCommand extends DockerCommand {
  /**
   * Reads what was typed, as `read` does; but docker looks at the daemon first, unless help is asked for.
   * @param name the command's own: `checkpoint ls`
   */
  protected async readForDaemon<C extends CommandFacts>(facts: C, name: string): Promise<ReadArgv<C>> {
    const reading = this.read(facts).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    const read = await reading
    if ('error' in read && read.error instanceof HelpRequested) throw read.error
    await refuseUnservedCommand(name, NEEDS, this.cli.engine)
    if ('error' in read) throw read.error
    return read.value
  }
}
