import { fetchUnlockKey, printUnlockKey } from '../../actions/swarm/join-tokens.ts'
import { DockerCommand, HelpRequested } from '../../cli/command.ts'
import { changeSwarmSpec, swarmUpdateFlags } from '../../flags/swarm/swarm.ts'

export default class SwarmUpdate extends DockerCommand {
  static override summary = 'Update the swarm'
  static override examples = [
    { description: 'Ask for a key when managers are restarted', command: 'tug swarm update --autolock' },
    {
      description: 'Renew certificates every 30 days, and keep three old tasks',
      command: 'tug swarm update --cert-expiry 720h --task-history-limit 3',
    },
  ]
  static override flags = swarmUpdateFlags

  async run(): Promise<void> {
    const { flags, typedFlags } = await this.read(SwarmUpdate)
    if (typedFlags.size === 0) throw new HelpRequested(SwarmUpdate)
    const { engine, out } = this.cli
    const swarm = await engine.swarm.inspect()
    const spec = changeSwarmSpec(swarm.Spec ?? {}, flags, typedFlags, swarm.TLSInfo?.TrustRoot ?? '')
    await engine.swarm.update(swarm, spec)
    out.write('Swarm updated.\n')
    const isLockNew = spec.EncryptionConfig?.AutoLockManagers && !swarm.Spec?.EncryptionConfig?.AutoLockManagers
    if (isLockNew) printUnlockKey(await fetchUnlockKey(this.cli), this.cli)
  }
}
