import { waitForRotation } from '../../actions/swarm/root-rotation.ts'
import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import type { Swarm } from '../../domain/swarm/swarm.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { caFlags, changeCaConfig, pemFile } from '../../flags/swarm/ca.ts'

const flags = {
  ...caFlags,
  'ca-cert': pemFile({ summary: 'File with the certificate to trust from now on' }),
  'ca-key': pemFile({ summary: "File with that certificate's key" }),
  detach: bool({ char: 'd', summary: "Don't wait until all nodes have new certificates" }),
  quiet: bool({ char: 'q', summary: 'Show no progress' }),
  rotate: bool({ summary: 'Change the certificate that all trust; without --ca-cert, the swarm makes a new one' }),
}

export default class SwarmCa extends DockerCommand {
  static override summary = 'Show or change the certificate that all nodes trust'
  static override flags = flags

  async run(): Promise<void> {
    await refuseUnservedCommand('swarm ca', { minApi: '1.30' }, this.cli.engine)
    const { flags, typedFlags } = await this.read(SwarmCa)
    const swarm = await this.cli.engine.swarm.inspect()
    if (!flags.rotate) {
      refuseWithoutRotation(typedFlags)
      return this.#print(swarm)
    }
    await this.#rotate(swarm, flags, typedFlags)
    if (flags.detach) return
    await waitForRotation(flags.quiet, this.cli)
    if (!flags.quiet) this.#print(await this.cli.engine.swarm.inspect())
  }

  #print({ TLSInfo }: Swarm): void {
    const root = TLSInfo?.TrustRoot ?? ''
    if (root === '') throw new ExitStatus(1, 'No CA information available')
    this.cli.out.write(`${root.trim()}\n`)
  }

  async #rotate(swarm: Swarm, typed: ValuesOf<typeof flags>, typedFlags: ReadonlySet<string>): Promise<void> {
    refuseHalves(typed, typedFlags)
    const { 'ca-cert': certificate, 'ca-key': key } = typed
    const { ForceRotate = 0, ...config } = changeCaConfig(swarm.Spec ?? {}, typed, typedFlags, certificate)
    const isNew = certificate === '' && key === ''
    const rotations = ForceRotate + (isNew ? 1 : 0)
    await this.cli.engine.swarm.update(swarm, {
      ...swarm.Spec,
      CAConfig: {
        ...config,
        SigningCACert: certificate || undefined,
        SigningCAKey: key || undefined,
        ...(rotations > 0 ? { ForceRotate: rotations } : {}),
      },
    })
  }
}

/** @throws ExitStatus in docker's words for a flag that means nothing without `--rotate` */
function refuseWithoutRotation(typedFlags: ReadonlySet<string>): void {
  const odd = ['ca-cert', 'ca-key', 'cert-expiry', 'external-ca'].find((name) => typedFlags.has(name))
  if (odd) throw new ExitStatus(1, `\`--${odd}\` flag requires the \`--rotate\` flag to update the CA`)
}

/** @throws ExitStatus in docker's words for what cannot sign, or that nobody would trust */
function refuseHalves(typed: ValuesOf<typeof flags>, typedFlags: ReadonlySet<string>): void {
  const hasExternal = typed['external-ca'].length > 0
  if (hasExternal && !typedFlags.has('ca-cert')) {
    throw new ExitStatus(
      1,
      "rotating to an external CA requires the `--ca-cert` flag to specify the external CA's cert - " +
        'to add an external CA with the current root CA certificate, use the `update` command instead',
    )
  }
  if (typedFlags.has('ca-cert') && !hasExternal && !typedFlags.has('ca-key')) {
    throw new ExitStatus(
      1,
      'the --ca-cert flag requires that a --ca-key flag and/or --external-ca flag be provided as well',
    )
  }
}
