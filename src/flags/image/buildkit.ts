import { parseUlimit } from '../../domain/container/ulimit.ts'
import { bool, type Describe, int, parseBool, type SwitchFlag, strings, text, texts } from '../flag.ts'
import { bytes, each } from '../values.ts'

/**
 * The flags of `build` with BuildKit, those of buildx's `build`. Lists are read later, together: that is when docker
 * complains of them, and it has other words for that.
 */
export const buildKitFlags = {
  'add-host': strings({ summary: 'Add a host name for RUN, NAME:IP' }),
  allow: list({ summary: 'Allow what is not allowed by itself: network.host, security.insecure, device' }),
  annotation: list({ summary: 'Annotate the image, [TYPE:]KEY=value' }),
  attest: list({ summary: 'Attest to how the image was made: type=sbom, type=provenance' }),
  'build-arg': list({ summary: 'Set an ARG, NAME=value, or NAME for its value here' }),
  'build-context': list({ summary: 'Another build context, NAME=directory or NAME=URL' }),
  builder: text({ summary: 'The builder to use; there is only "default"' }),
  'cache-from': list({ summary: 'Where to take cached layers from: an image, or type=…' }),
  'cache-to': list({ summary: 'Where to keep layers for later: type=inline, type=registry,ref=…' }),
  call: text({ default: 'build', summary: 'Ask the Dockerfile in place of building: check, outline, targets' }),
  check: checks(),
  'cgroup-parent': text({ summary: 'Parent control group of RUN' }),
  debug: bool({ char: 'D', summary: 'Say more' }),
  file: text({ char: 'f', summary: 'The Dockerfile, if it is not PATH/Dockerfile; - for stdin' }),
  iidfile: text({ summary: "Write the image's ID to a file" }),
  label: list({ summary: 'Attach metadata to the image, KEY=value' }),
  load: bool({ summary: 'Make an image of the result: --output=type=docker' }),
  'metadata-file': text({ summary: 'Write what came of the build to a file, as JSON' }),
  network: text({ default: 'default', summary: 'Network of RUN: default, host or none' }),
  'no-cache': bool({ summary: 'Do not take layers from earlier builds' }),
  'no-cache-filter': list({ summary: 'Stages that take no layers from earlier builds' }),
  output: list({ char: 'o', summary: 'Where the result goes: a directory, -, or type=local|tar|image|…,dest=…' }),
  platform: list({ completes: 'platforms', summary: 'Build for these platforms, os/arch[/variant]' }),
  progress: text({ default: 'auto', summary: 'How to show progress: auto, plain, tty, quiet, rawjson' }),
  provenance: text({ summary: 'Attest to where the image comes from: --attest=type=provenance' }),
  pull: bool({ summary: 'Ask for newer base images even if there are local ones' }),
  push: bool({ summary: 'Push the image to its registry: --output=type=registry' }),
  quiet: bool({ char: 'q', summary: "Print only the image's ID" }),
  sbom: text({ summary: 'Attest to what is in the image: --attest=type=sbom' }),
  secret: list({ summary: 'A secret for RUN, id=NAME,src=FILE or id=NAME,env=VARIABLE' }),
  'shm-size': bytes({ summary: 'Size of /dev/shm' }),
  'show-context': bool({ summary: 'List what would be sent, largest first, and build nothing' }),
  ssh: list({ summary: 'An ssh agent or keys for RUN, default or ID=socket or ID=key' }),
  tag: list({ char: 't', summary: 'Name the image, NAME[:TAG]' }),
  target: text({ summary: 'Stop behind this stage' }),
  ulimit: each({
    summary: 'Process limit of RUN, NAME=SOFT[:HARD]',
    valueType: 'ulimit',
    defaultText: '[]',
    read: parseUlimit,
  }),
  print: text({ hidden: true, summary: 'The old name of --call' }),
  // Of the classic builder, for scripts that still use them; BuildKit has no use for them.
  compress: bool({ hidden: true, summary: 'Nothing, with BuildKit' }),
  'cpu-period': int({ hidden: true, valueType: 'int64', summary: 'Nothing, with BuildKit' }),
  'cpu-quota': int({ hidden: true, valueType: 'int64', summary: 'Nothing, with BuildKit' }),
  'cpu-shares': int({ hidden: true, valueType: 'int64', char: 'c', summary: 'Nothing, with BuildKit' }),
  'cpuset-cpus': text({ hidden: true, summary: 'Nothing, with BuildKit' }),
  'cpuset-mems': text({ hidden: true, summary: 'Nothing, with BuildKit' }),
  'force-rm': bool({ hidden: true, summary: 'Nothing, with BuildKit' }),
  isolation: text({ hidden: true, summary: 'Nothing, with BuildKit' }),
  memory: text({ hidden: true, char: 'm', summary: 'Nothing, with BuildKit' }),
  'memory-swap': text({ hidden: true, summary: 'Nothing, with BuildKit' }),
  rm: bool({ hidden: true, default: true, summary: 'Nothing, with BuildKit' }),
  'security-opt': strings({ hidden: true, summary: 'Nothing, with BuildKit' }),
  squash: bool({ hidden: true, summary: 'Nothing, with BuildKit' }),
}

/** docker's warnings for flags that mean nothing to BuildKit, in the order it prints them. */
const WARNINGS: Readonly<Record<string, string>> = {
  isolation: 'isolation flag is deprecated with BuildKit.',
  'security-opt': 'security-opt flag is deprecated. "RUN --security=insecure" should be used with BuildKit.',
  squash:
    'experimental flag squash is removed with BuildKit. You should squash inside build using a multi-stage Dockerfile for efficiency.',
}

/** What docker says of the flags that were typed and that BuildKit does not honour. */
export function buildKitWarnings(typedFlags: ReadonlySet<string>): readonly string[] {
  return Object.entries(WARNINGS).flatMap(([name, warning]) => (typedFlags.has(name) ? [warning] : []))
}

/** Flags that have no counterpart in the classic builder. */
export const BUILDKIT_ONLY: readonly string[] = [
  ...['allow', 'annotation', 'attest', 'build-context', 'cache-to', 'call', 'check', 'load', 'metadata-file'],
  ...['no-cache-filter', 'output', 'print', 'progress', 'provenance', 'push', 'sbom', 'secret', 'ssh'],
]

function list(describe: Describe) {
  return texts({ ...describe, valueType: 'stringArray' })
}

/**
 * What the Dockerfile is asked in place of a build: of `--call`, its old name and its shorthand the last one counts.
 * @param given the names of the flags in the order in which they were typed last
 */
export function calledFor(
  { call, check, print }: { readonly call: string; readonly check: boolean; readonly print: string },
  typedFlags: ReadonlySet<string>,
): string {
  const texts: Readonly<Record<string, string>> = { call, print, ...(check ? { check: 'check' } : {}) }
  const last = [...typedFlags].filter((name) => Object.hasOwn(texts, name)).at(-1)
  return last === undefined ? call : (texts[last] ?? call)
}

/** `--check` is a shorthand for `--call=check`; `--check=false` takes nothing back. */
function checks(): SwitchFlag {
  const flag = bool({ summary: 'Check the Dockerfile in place of building: --call=check' })
  return { ...flag, set: (typed, previous) => parseBool(typed) || previous }
}
