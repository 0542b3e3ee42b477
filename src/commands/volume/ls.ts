import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { negatableFilters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { clusterVolumeList, volumeList } from '../../format/views/volume/list.ts'

const flags = {
  cluster: bool({ minApi: '1.42', summary: 'Display only cluster volumes' }),
  filter: negatableFilters(),
  format: tableFormat(),
  quiet: bool({ char: 'q', summary: 'Print volume names only' }),
}

export default class VolumeLs extends DockerCommand {
  static override aliases = ['volume:list']
  static override summary = 'List volumes'
  static override examples = [
    { description: 'List volumes', command: 'tug volume ls' },
    { description: 'List volumes except those with a label', command: "tug volume ls --filter 'label!=keep'" },
    {
      description: 'Print the names of volumes that no container uses',
      command: 'tug volume ls --quiet --filter dangling=true',
    },
  ]
  static override flags = flags

  async run(): Promise<void> {
    const { flags } = await this.read(VolumeLs)
    if (flags.cluster) return this.#print('', flags)
    await printInFormat(this.cli, 'volumesFormat', flags.format, flags.quiet, (format) => this.#print(format, flags))
  }

  async #print(format: string, { cluster, filter, quiet, ...typed }: ValuesOf<typeof flags>): Promise<void> {
    const display = displayFor(this.cli, format, typed.format !== '')
    const view = await listView(cluster ? clusterVolumeList : volumeList, { format, quiet }, display)
    const volumes = await this.cli.engine.volumes.list(filter)
    const listed = cluster ? volumes.filter(({ ClusterVolume }) => ClusterVolume) : volumes
    listed.sort((a, b) => compareNaturally(a.Name ?? '', b.Name ?? ''))
    this.cli.out.write(printable(view.render(listed, this.cli.now())))
  }
}
