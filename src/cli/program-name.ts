/** tug's own name, where it is not called by another one. */
const OWN_NAME = 'tug'

/** What a name may consist of. It becomes part of shell scripts, and people copy it from messages. */
const NAME = /^[A-Za-z0-9][\w.-]*$/

let name = OWN_NAME

/** Returns the name that the program was called by, for usage lines, errors, hints and completion scripts. */
export function programName(): string {
  return name
}

/** Remembers the name that the program was called by. main calls this once. */
export function rememberProgramName({ argv0, argv }: Pick<NodeJS.Process, 'argv0' | 'argv'>): void {
  name = calledAs(argv0, argv[1] ?? '')
}

/**
 * Returns the last part of what was typed, linked or copied as the command: `docker` for `/usr/local/bin/docker`.
 * @param argv0 the name that the process was started with
 * @param script the script that the runtime runs; in the executable, a path inside of it
 */
export function calledAs(argv0: string, script: string): string {
  const isExecutable = script.startsWith('/$bunfs/')
  const path = isExecutable ? argv0 : script
  const base = path.slice(path.lastIndexOf('/') + 1)
  if (base === OWN_NAME || base === 'docker') return base
  // The file of the package itself has an extension, under either runtime; a link to it has none.
  return NAME.test(base) && !/\.[cm]?[jt]s$/.test(base) ? base : OWN_NAME
}
