import { waitForRotation } from '../../actions/swarm/root-rotation.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { addUint64 } from '../../domain/go/int.ts'
import type { Swarm } from '../../domain/swarm/swarm.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { caFlags, changeCaConfig, pemFile } from '../../flags/swarm/ca.ts'

const flags = {
  ...caFlags,
  'ca-cert': pemFile({ summary: 'PEM file of the root CA certificate to use' }),
  'ca-key': pemFile({ summary: "PEM file of the root CA's key" }),
  detach: bool({ char: 'd', summary: 'Do not wait until the rotation has converged' }),
  quiet: bool({ char: 'q', summary: 'Do not show progress' }),
  rotate: bool({ summary: 'Rotate the root CA; a new one is generated without --ca-cert' }),
}

export default class SwarmCa extends DockerCommand {
  static override summary = 'Display and rotate the root CA'
  static override examples = [
    { description: "Print the certificate of the swarm's root CA", command: 'tug swarm ca' },
    { description: 'Replace the root CA and all certificates', command: 'tug swarm ca --rotate --quiet' },
  ]
  static override flags = flags
  static override requires = { minApi: '1.30' }

  async run(): Promise<void> {
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

  async #rotate(swarm: Swarm, values: ValuesOf<typeof flags>, typedFlags: ReadonlySet<string>): Promise<void> {
    refuseIncompleteCa(values, typedFlags)
    const { 'ca-cert': certificate, 'ca-key': key } = values
    const { ForceRotate = 0, ...config } = changeCaConfig(swarm.Spec ?? {}, values, typedFlags, certificate)
    const isNew = certificate === '' && key === ''
    const rotations = addUint64(ForceRotate, isNew ? 1n : 0n)
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

/** Refuses flags that require `--rotate`. @throws ExitStatus with docker's message */
function refuseWithoutRotation(typedFlags: ReadonlySet<string>): void {
  const flag = ['ca-cert', 'ca-key', 'cert-expiry', 'external-ca'].find((name) => typedFlags.has(name))
  if (flag) throw new ExitStatus(1, `\`--${flag}\` flag requires the \`--rotate\` flag to update the CA`)
}

/** Refuses a certificate without its key, and an external CA without its certificate. @throws ExitStatus */
function refuseIncompleteCa(values: ValuesOf<typeof flags>, typedFlags: ReadonlySet<string>): void {
  const hasExternal = values['external-ca'].length > 0
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
