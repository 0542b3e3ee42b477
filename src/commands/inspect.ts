import { findAnything, findObject, inspectAll } from '../actions/system/inspect.ts'
import { DockerCommand } from '../cli/command.ts'
import { ExitStatus } from '../domain/errors.ts'
import { goQuote } from '../domain/go/quote.ts'
import { OBJECT_KINDS, type ObjectKind } from '../engine/api/objects.ts'
import { many } from '../flags/arg.ts'
import { bool, text } from '../flags/flag.ts'
import { objectFormat } from '../flags/shared.ts'

export default class Inspect extends DockerCommand {
  static override summary = 'Display detailed information on objects as JSON'
  static override examples = [
    { description: 'Show everything about an object, of whichever type it is', command: 'tug inspect web' },
    {
      description: 'Print the IP addresses of a container',
      command: "tug inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' web",
    },
    {
      description: 'Look only for a volume, and print its directory',
      command: "tug inspect --type volume --format '{{.Mountpoint}}' data",
    },
  ]
  static override synopsis = '[OPTIONS] NAME|ID [NAME|ID...]'
  static override args = { name: many('NAME|ID') }
  static override flags = {
    format: objectFormat(),
    size: bool({ char: 's', summary: 'Display the total file sizes of a container' }),
    type: text({ completes: 'object types', summary: 'Inspect only objects of this type' }),
  }
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(Inspect)
    const kind = typedFlags.has('type') ? parseKind(flags.type) : undefined
    if (flags.size && kind !== undefined && kind !== 'container') {
      this.cli.err.write(`WARNING: --size ignored for ${kind}\n`)
    }
    const find = (name: string) =>
      kind === undefined
        ? findAnything(name, flags.size, this.cli)
        : findObject(kind, name, { size: flags.size }, this.cli)
    await inspectAll(args.name, flags.format, async (name) => find(name), this.cli)
  }
}

/** @throws ExitStatus with docker's message for an unknown type */
function parseKind(typed: string): ObjectKind {
  if (typed === '') throw new ExitStatus(1, `type is empty: must be one of ${kindList()}`)
  const kind = OBJECT_KINDS.find((one) => one === typed)
  if (kind === undefined) throw new ExitStatus(1, `unknown type: ${goQuote(typed)}: must be one of ${kindList()}`)
  return kind
}

function kindList(): string {
  return [...OBJECT_KINDS].sort().map(goQuote).join(', ')
}
