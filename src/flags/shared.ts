// Flags that commands of several objects have.
import { addFilter, type Filters } from '../domain/filter.ts'
import { checkLabel } from '../domain/label.ts'
import { bool, type Describe, each, type SwitchFlag, text, type ValueFlag, value } from './flag.ts'

const LIST_FILTER: Describe = { char: 'f', summary: 'Show only what matches a condition, NAME=VALUE' }

/** `--filter`, which may be repeated. */
export function filters(describe: Describe = LIST_FILTER): ValueFlag<Filters> {
  return {
    ...value<Filters>({
      ...describe,
      valueType: 'filter',
      default: {},
      read: (typed) => addFilter({}, typed),
    }),
    set: (typed, previous) => addFilter(previous, typed),
  }
}

/** `--filter` of a list whose filters may be negated. */
export function negatableFilters(): ValueFlag<Filters> {
  return filters({ ...LIST_FILTER, summary: `${LIST_FILTER.summary} or NAME!=VALUE` })
}

/** `--filter` of a prune. It has no short form, because `-f` is `--force`. */
export function pruneFilter(minApi?: string): ValueFlag<Filters> {
  const summary = 'Remove only what matches a condition, until=24h or label=KEY=VALUE'
  return filters({ summary, ...(minApi === undefined ? {} : { minApi }) })
}

/** `--force` of a prune. */
export function skipConfirmation(): SwitchFlag {
  return bool({ char: 'f', summary: 'Do not ask for confirmation' })
}

/** `--pick` of commands that take the names of existing objects. The base command reads it. */
export function pick(): SwitchFlag {
  return bool({ summary: 'Choose the objects from a list on the terminal' })
}

/** The flags of prunes that show what would be removed. */
export function dryRun() {
  return {
    'dry-run': bool({ summary: 'List what would be removed, and remove nothing' }),
    format: formatWithDryRun(),
  }
}

/** `--format` of commands that print a list only with `--dry-run`. */
export function formatWithDryRun(): ValueFlag<string> {
  return text({ summary: ['With --dry-run:', ...TABLE_FORMATS.slice(1)].join('\n') })
}

const PRETTY = "'pretty':           a table in a frame"

const TABLE_FORMATS = [
  'Output format:',
  "'table':            columns with headers (default)",
  "'table TEMPLATE':   columns of a Go template",
  "'json':             one JSON object per line",
  "'TEMPLATE':         a Go template",
]

const OBJECT_FORMATS = ['Output format:', "'json':             JSON", "'TEMPLATE':         a Go template"].join('\n')

/** `--format` of a list that also has the format `pretty`. */
export function listFormat(): ValueFlag<string> {
  return text({ summary: TABLE_FORMATS.toSpliced(-1, 0, PRETTY).join('\n') })
}

/** `--format` of a list. */
export function tableFormat(): ValueFlag<string> {
  return text({ summary: TABLE_FORMATS.join('\n') })
}

/** `--format` of one object. */
export function objectFormat(): ValueFlag<string> {
  return text({ char: 'f', summary: OBJECT_FORMATS })
}

/** `--format` of a stream of objects. It has no short form, because `-f` is `--filter`. */
export function eventFormat(): ValueFlag<string> {
  return text({ summary: OBJECT_FORMATS })
}

/** `--label` of an object to create. */
export function labels(object: string): ValueFlag<readonly string[]> {
  return each({ summary: `Add a label to the ${object}, KEY=VALUE`, read: checkLabel })
}

/** `--detach-keys` of the commands that attach a terminal. */
export function detachKeys(): ValueFlag<string> {
  return text({ summary: 'Key sequence for detaching, such as ctrl-p,ctrl-q' })
}

/** `--disable-content-trust`, which docker still has from the days of signed tags. It is on by default. */
export function contentTrust(action: 'verification' | 'signing'): SwitchFlag {
  return bool({ default: true, summary: `Skip image ${action}` })
}
