import { addFilter, type Filters } from '../domain/filter.ts'
import { bool, type Describe, type SwitchFlag, text, type ValueFlag, value } from './flag.ts'

const LIST_FILTER: Describe = { char: 'f', summary: 'Show only what matches a condition (name=value)' }

/** `--filter`, repeated; each is checked before anything is sent. */
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

const PRETTY = "'pretty':           a framed table as wide as the terminal"

const TABLE_FORMATS = [
  'How to print:',
  "'table':            columns with headers (default)",
  "'table TEMPLATE':   columns made by a Go template",
  "'json':             one JSON object a line",
  "'TEMPLATE':         a Go template",
]

const OBJECT_FORMATS = ['How to print:', "'json':             as JSON", "'TEMPLATE':         a Go template"].join('\n')

/** `--format` of a list that can also be `pretty`. */
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

/** `--format` of what is shown one by one, as it happens; `-f` is `--filter` there. */
export function eventFormat(): ValueFlag<string> {
  return text({ summary: OBJECT_FORMATS })
}

/** `--disable-content-trust`, which docker keeps, on by default, from the days of signed tags. */
export function contentTrust(what: 'verification' | 'signing'): SwitchFlag {
  return bool({ default: true, summary: `Skip image ${what}` })
}
