import { bool, type Describe, int, parseBool, type SwitchFlag, strings, type TypedFlags, text, texts } from '../flag.ts'
import { bytes, ulimits } from '../quantities.ts'

/**
 * The flags of `build` with BuildKit: those of buildx's `build`. Lists are parsed later, together, because docker reports
 * their mistakes then, without the words `invalid argument`.
 */
export const buildKitFlags = {
  'add-host': strings({ summary: 'Add an entry to /etc/hosts for RUN, NAME:IP' }),
  allow: list({ summary: 'Grant a privileged entitlement: network.host, security.insecure, device' }),
  annotation: list({ summary: 'Add an annotation to the image, [TYPE:]KEY=VALUE' }),
  attest: list({ summary: 'Add an attestation: type=sbom, type=provenance' }),
  'build-arg': list({ summary: 'Set a build argument, NAME=VALUE, or pass a variable through, NAME' }),
  'build-context': list({ summary: 'Add a named build context, NAME=DIRECTORY or NAME=URL' }),
  builder: text({ summary: 'Builder to use; there is only "default"' }),
  'cache-from': list({ summary: 'Cache source: an image, or type=…' }),
  'cache-to': list({ summary: 'Cache destination: type=inline, type=registry,ref=…' }),
  call: text({ default: 'build', summary: 'Evaluate the Dockerfile instead of building: check, outline, targets' }),
  check: checkFlag(),
  'cgroup-parent': text({ summary: 'Parent control group of RUN processes' }),
  debug: bool({ char: 'D', summary: 'Enable debug logging' }),
  file: text({ char: 'f', summary: 'Path of the Dockerfile; the default is PATH/Dockerfile, - reads stdin' }),
  iidfile: text({ summary: 'Write the image ID to a file' }),
  label: list({ summary: 'Add a label to the image, KEY=VALUE' }),
  load: bool({ summary: 'Load the result as an image; same as --output=type=docker' }),
  'metadata-file': text({ summary: 'Write metadata of the build to a file, as JSON' }),
  network: text({ default: 'default', summary: 'Network for RUN: default, host or none' }),
  'no-cache': bool({ summary: 'Do not use the build cache' }),
  'no-cache-filter': list({ summary: 'Stages that do not use the build cache' }),
  output: list({ char: 'o', summary: 'Destination of the result: a directory, -, or type=local|tar|image|…,dest=…' }),
  platform: list({ completes: 'platforms', summary: 'Target platforms, OS/ARCH[/VARIANT]' }),
  progress: text({ default: 'auto', summary: 'Progress output: auto, plain, tty, quiet, rawjson' }),
  provenance: text({ summary: 'Add a provenance attestation; same as --attest=type=provenance' }),
  pull: bool({ summary: 'Always pull newer versions of the base images' }),
  push: bool({ summary: 'Push the result to its registry; same as --output=type=registry' }),
  quiet: bool({ char: 'q', summary: 'Print only the image ID' }),
  sbom: text({ summary: 'Add an SBOM attestation; same as --attest=type=sbom' }),
  secret: list({ summary: 'Expose a secret to RUN, id=NAME,src=FILE or id=NAME,env=VARIABLE' }),
  'shm-size': bytes({ summary: 'Size of /dev/shm' }),
  'show-context': bool({ summary: 'List the files of the build context, largest first, without building' }),
  ssh: list({ summary: 'Expose an SSH agent or keys to RUN, default or ID=SOCKET or ID=KEY' }),
  tag: list({ char: 't', summary: 'Tag the image, NAME[:TAG]' }),
  target: text({ summary: 'Target build stage' }),
  ulimit: ulimits({ summary: 'Limit the resources of RUN processes, NAME=SOFT[:HARD]' }),
  print: text({ hidden: true, summary: 'Old name of --call' }),
  // Flags of the classic builder, which buildx accepts and ignores.
  compress: bool({ hidden: true, summary: 'Has no effect with BuildKit' }),
  'cpu-period': int({ hidden: true, valueType: 'int64', summary: 'Has no effect with BuildKit' }),
  'cpu-quota': int({ hidden: true, valueType: 'int64', summary: 'Has no effect with BuildKit' }),
  'cpu-shares': int({ hidden: true, valueType: 'int64', char: 'c', summary: 'Has no effect with BuildKit' }),
  'cpuset-cpus': text({ hidden: true, summary: 'Has no effect with BuildKit' }),
  'cpuset-mems': text({ hidden: true, summary: 'Has no effect with BuildKit' }),
  'force-rm': bool({ hidden: true, summary: 'Has no effect with BuildKit' }),
  isolation: text({ hidden: true, summary: 'Has no effect with BuildKit' }),
  memory: text({ hidden: true, char: 'm', summary: 'Has no effect with BuildKit' }),
  'memory-swap': text({ hidden: true, summary: 'Has no effect with BuildKit' }),
  rm: bool({ hidden: true, default: true, summary: 'Has no effect with BuildKit' }),
  'security-opt': strings({ hidden: true, summary: 'Has no effect with BuildKit' }),
  squash: bool({ hidden: true, summary: 'Has no effect with BuildKit' }),
}

/** docker's warnings for flags that have no effect with BuildKit, in the order it prints them. */
const WARNINGS: Readonly<Record<string, string>> = {
  isolation: 'isolation flag is deprecated with BuildKit.',
  'security-opt': 'security-opt flag is deprecated. "RUN --security=insecure" should be used with BuildKit.',
  squash:
    'experimental flag squash is removed with BuildKit. You should squash inside build using a multi-stage Dockerfile for efficiency.',
}

/** Returns docker's warnings for the typed flags that have no effect with BuildKit. */
export function buildKitWarnings(typedFlags: TypedFlags): readonly string[] {
  return Object.entries(WARNINGS).flatMap(([name, warning]) => (typedFlags.has(name) ? [warning] : []))
}

/** The flags that the classic builder does not have. */
export const BUILDKIT_ONLY: readonly string[] = [
  ...['allow', 'annotation', 'attest', 'build-context', 'cache-to', 'call', 'check', 'load', 'metadata-file'],
  ...['no-cache-filter', 'output', 'print', 'progress', 'provenance', 'push', 'sbom', 'secret', 'ssh'],
]

/** A list whose values are not checked during parsing. */
function list(describe: Describe) {
  return texts({ ...describe, valueType: 'stringArray' })
}

/** Returns the method that the Dockerfile is evaluated with. Of `--call`, `--print` and `--check`, the last one wins. */
export function selectCallMethod(
  { call, check, print }: { readonly call: string; readonly check: boolean; readonly print: string },
  typedFlags: TypedFlags,
): string {
  const methods: Readonly<Record<string, string>> = { call, print, ...(check ? { check: 'check' } : {}) }
  const last = [...typedFlags].filter((name) => Object.hasOwn(methods, name)).at(-1)
  return last === undefined ? call : (methods[last] ?? call)
}

/** `--check`, a shorthand for `--call=check`. `--check=false` does not undo an earlier `--check`. */
function checkFlag(): SwitchFlag {
  const flag = bool({ summary: 'Check the Dockerfile instead of building; same as --call=check' })
  return { ...flag, set: (typed, previous) => parseBool(typed) || previous }
}
