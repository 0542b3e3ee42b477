/** An exit code, or several with the same meaning, and when a command ends with it. */
export interface ExitCode {
  readonly codes: string
  readonly meaning: string
}

/** The exit codes that every command has. */
export const GENERAL: readonly ExitCode[] = [
  { codes: '0', meaning: 'success' },
  { codes: '1', meaning: 'the command failed, or its operands were wrong' },
  { codes: '102', meaning: 'the disk is full' },
  { codes: '125', meaning: 'a flag is wrong' },
  { codes: '130, 143', meaning: 'ended by Ctrl-C or SIGTERM' },
  { codes: '141', meaning: 'the reader of the output is gone' },
]

const TEMPLATE: ExitCode = { codes: '64', meaning: 'the template of `--format` cannot be parsed' }

/** What is special about the exit codes of some commands, by oclif's id. */
const SPECIAL: Readonly<Record<string, readonly ExitCode[]>> = {
  'container:attach': [{ codes: 'other', meaning: 'the exit code of the container' }],
  'container:exec': [
    { codes: '126, 127', meaning: 'the command cannot be invoked, or was not found' },
    { codes: 'other', meaning: 'the exit code of the command' },
  ],
  'container:run': [
    { codes: '125', meaning: 'a flag is wrong, or the daemon refused to create or start the container' },
    { codes: '126, 127', meaning: "the container's command cannot be invoked, or was not found" },
    { codes: 'other', meaning: 'the exit code of the container' },
  ],
  'container:start': [{ codes: 'other', meaning: 'with `--attach`: the exit code of the container' }],
  'image:build': [{ codes: 'other', meaning: 'with the classic builder: the exit code of the step that failed' }],
}

const WITH_TEMPLATES = /^(.+:)?inspect$|^system:(info|events)$|^version$/

/** Returns the exit codes of a command, by code. @param id oclif's id */
export function exitCodesOf(id: string, hasFormat: boolean): ExitCode[] {
  const special = [...(SPECIAL[id] ?? []), ...(hasFormat && WITH_TEMPLATES.test(id) ? [TEMPLATE] : [])]
  const replaced = new Set(special.map(({ codes }) => codes))
  return [...special, ...GENERAL.filter(({ codes }) => !replaced.has(codes))].sort(byCode)
}

/** Sorts by number, with what is not a number last. */
function byCode(a: ExitCode, b: ExitCode): number {
  const [first, second] = [Number.parseInt(a.codes, 10), Number.parseInt(b.codes, 10)]
  return (Number.isNaN(first) ? 1000 : first) - (Number.isNaN(second) ? 1000 : second)
}
