import { fetchUnlockKey, printUnlockKey } from '../../actions/swarm/join-tokens.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'

export default class SwarmUnlockKey extends DockerCommand {
  static override summary = 'Display and rotate the unlock key'
  static override examples = [
    { description: 'Print the key that unlocks the managers', command: 'tug swarm unlock-key' },
    { description: 'Replace the key and print the new one', command: 'tug swarm unlock-key -q --rotate' },
  ]
  static override flags = {
    quiet: bool({ char: 'q', summary: 'Print only the key' }),
    rotate: bool({ summary: 'Rotate the key' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(SwarmUnlockKey)
    if (flags.rotate) await this.#rotate(flags.quiet)
    const key = await fetchUnlockKey(this.cli)
    if (key === '') throw new ExitStatus(1, 'no unlock key is set')
    if (flags.quiet) this.cli.out.write(`${key}\n`)
    else printUnlockKey(key, this.cli)
  }

  async #rotate(isQuiet: boolean): Promise<void> {
    const { engine, out } = this.cli
    const swarm = await engine.swarm.inspect()
    if (!swarm.Spec?.EncryptionConfig?.AutoLockManagers) {
      throw new ExitStatus(1, 'cannot rotate because autolock is not turned on')
    }
    await engine.swarm.update(swarm, swarm.Spec, 'rotateManagerUnlockKey')
    if (!isQuiet) out.write('Successfully rotated manager unlock key.\n')
  }
}
