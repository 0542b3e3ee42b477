import { parseCsvRecord } from '../../domain/go/csv.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import { list, text, type ValueFlag } from '../flag.ts'

/** One `key=value` of `--docker`. */
type Setting = readonly [key: string, value: string]

/** `--docker`: settings of a context's daemon, in one CSV record or several (pflag's stringToString). */
function settings(): ValueFlag<readonly Setting[]> {
  return list({
    valueType: 'stringToString',
    defaultText: '[]',
    summary: 'How to reach the daemon: host=, ca=, cert=, key=, skip-tls-verify=, or from=CONTEXT',
    read: (typed) => recordOf(typed).map(setting),
  })
}

function recordOf(typed: string): readonly string[] {
  const isSingle = typed.split('=').length <= 2
  return isSingle ? [typed.replace(/^"+|"+$/g, '')] : parseCsvRecord(typed)
}

function setting(typed: string): Setting {
  const { key, value } = splitKeyValue(typed)
  if (value === undefined) throw new Error(`${typed} must be formatted as key=value`)
  return [key, value]
}

/** The flags that `context create` and `context update` share. */
export const contextFlags = {
  description: text({ summary: 'What it is for' }),
  docker: settings(),
}
