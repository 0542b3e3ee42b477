import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { checkLabel } from '../../domain/label.ts'
import type { NewVolume } from '../../domain/volume-summary.ts'
import { optional } from '../../options/arg.ts'
import { list, text, texts, type ValuesOf } from '../../options/flag.ts'

const flags = {
  driver: text({ char: 'd', default: 'local', summary: 'Driver that keeps the volume' }),
  label: list({ valueType: 'list', summary: 'Attach metadata, KEY=value', read: (typed) => [checkLabel(typed)] }),
  name: text({ hidden: true, summary: 'Name of the volume' }),
  opt: texts({ char: 'o', valueType: 'map', summary: 'Option of the driver, KEY=value' }),
}

export default class VolumeCreate extends DockerCommand {
  static override summary = 'Make a volume'
  static override synopsis = '[OPTIONS] [VOLUME]'
  static override args = { volume: optional('VOLUME') }
  static override flags = flags

  async run(): Promise<void> {
    const { flags, args } = await this.read(VolumeCreate)
    if (args.volume !== undefined && flags.name !== '') throw new ExitStatus(1, NAMED_TWICE)
    const name = await this.cli.engine.volumes.create(newVolume(args.volume ?? flags.name, flags))
    this.cli.out.write(`${name}\n`)
  }
}

const NAMED_TWICE = 'conflicting options: cannot specify a volume-name through both --name and as a positional arg'

function newVolume(name: string, { driver, label, opt }: ValuesOf<typeof flags>): NewVolume {
  return {
    ...(name === '' ? {} : { Name: name }),
    ...(driver === '' ? {} : { Driver: driver }),
    ...(opt.length === 0 ? {} : { DriverOpts: keyValueMap(opt) }),
    ...(label.length === 0 ? {} : { Labels: keyValueMap(label) }),
  }
}
