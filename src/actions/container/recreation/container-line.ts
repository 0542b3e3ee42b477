import { programName } from '../../../cli/program-name.ts'
import type { CreateBody } from '../../../domain/container/create-request.ts'
import { nameOf, type Origin } from '../../../domain/container/inspected/inspection.ts'
import { type OriginalRequest, originalRequest } from '../../../domain/container/inspected/request.ts'
import { formatPlatform } from '../../../domain/image/platform.ts'
import { splitKeyValue } from '../../../domain/key-value.ts'
import { quoteShellWord } from '../../../domain/shell-words.ts'
import { seccompProfile } from '../../../flags/container/isolation-arguments.ts'
import { connectWords } from '../../../flags/network/connect-arguments.ts'
import type { OriginReader } from './origin.ts'
import { type RunLine, runLine, wordsOf } from './run-line.ts'

/** A container and the command line that makes it again. */
export interface ContainerLine extends OriginalRequest, RunLine {
  readonly name: string
  /** `os/arch[/variant]` of the image; empty for the daemon's own. */
  readonly platform: string
  /** The file that the line reads the seccomp profile from, if the container has one, and its text. */
  readonly profileFile: string
  readonly profile: string
}

/** The client's environment, as far as the meaning of a command line depends on it. */
interface LineContext {
  readonly program: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Returns the command line of a container, with a warning for each thing that it does not contain. */
export async function containerLine(
  origin: Origin,
  reader: OriginReader,
  context: LineContext,
): Promise<ContainerLine> {
  const { container, daemon } = origin
  const name = nameOf(container)
  const request = originalRequest(origin)
  const profileFile = `${name}-seccomp.json`
  const platform = await foreignPlatform(origin, reader)
  const line = runLine(request.body, { name, platform, profileFile }, daemon.apiVersion)
  const warnings = [
    ...line.warnings,
    ...(await imageWarnings(origin, reader)),
    ...profileWarnings(request.body, { name, profileFile, program: context.program }),
    ...variableWarnings(request.body, context.env),
    ...request.connections.map(
      ({ network, endpoint }) =>
        `run does not join the network ${network} here; afterwards: ${[context.program, 'network', 'connect', ...connectWords(endpoint), network, name].map(quoteShellWord).join(' ')}`,
    ),
  ]
  const profile = seccompProfile(request.body)?.text ?? ''
  return { ...request, ...line, name, platform, profileFile, profile, warnings }
}

/** Returns the words of a command line of `run`, with each flag, and the image with its command, in a row of its own. */
export function lineRows({ flags, operands }: RunLine): string[][] {
  return [[programName(), 'run'], ...flags.map(wordsOf), [...operands]]
}

/** Returns the platform of the container's image if it is not the daemon's own; empty otherwise. */
async function foreignPlatform({ container }: Origin, reader: OriginReader): Promise<string> {
  const [image, daemon] = await Promise.all([reader.image(container.Image ?? ''), reader.daemonPlatform()])
  const { Os: os = '', Architecture: architecture = '', Variant: variant = '' } = image ?? {}
  const isOwn = os === daemon.os && architecture === daemon.architecture
  return os === '' || architecture === '' || isOwn ? '' : formatPlatform({ os, architecture, variant })
}

async function imageWarnings({ container, image }: Origin, reader: OriginReader): Promise<string[]> {
  const { Image: id = '', Config: { Image: reference = '' } = {} } = container
  if (image === undefined) return [`the image ${id} does not exist anymore, so the line repeats what it set`]
  const named = await reader.image(reference)
  if (named === undefined) return [`no image is called ${reference} anymore; the container's is ${id}`]
  return named.Id === id ? [] : [`${reference} is another image now; the container's is ${id}`]
}

function profileWarnings(body: CreateBody, names: { name: string; profileFile: string; program: string }): string[] {
  const profile = seccompProfile(body)
  if (profile === undefined) return []
  const { name, profileFile, program } = names
  const template = `{{slice (index .HostConfig.SecurityOpt ${profile.index}) ${'seccomp='.length}}}`
  const words = [program, 'container', 'inspect', '--format', template, name]
  const command = `${words.map(quoteShellWord).join(' ')} > ${quoteShellWord(profileFile)}`
  return [`run reads the seccomp profile from a file; write it with: ${command}`]
}

/** `-e KEY` removes a variable of the image only where the client's environment does not have it. */
function variableWarnings({ Env }: CreateBody, env: LineContext['env']): string[] {
  const removed = (Env ?? []).filter((variable) => splitKeyValue(variable).value === undefined)
  return removed
    .filter((name) => env[name] !== undefined)
    .map((name) => `-e ${name} removes the variable of the image only after: unset ${name}`)
}
