import { parseCsvRecord } from '../../domain/go/csv.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import { list, text, type ValueFlag } from '../flag.ts'

/** One `key=value` of `--docker`. */
type Setting = readonly [key: string, value: string]

/** `--docker`, the endpoint settings of a context, as one CSV record or several (pflag's stringToString). */
function endpointSettings(): ValueFlag<readonly Setting[]> {
  return list({
    valueType: 'stringToString',
    defaultText: '[]',
    summary: 'Set the endpoint: host=, ca=, cert=, key=, skip-tls-verify=, or from=CONTEXT',
    read: (typed) => splitRecord(typed).map(parseSetting),
  })
}

function splitRecord(typed: string): readonly string[] {
  const isSingle = typed.split('=').length <= 2
  return isSingle ? [typed.replace(/^"+|"+$/g, '')] : parseCsvRecord(typed)
}

function parseSetting(typed: string): Setting {
  const { key, value } = splitKeyValue(typed)
  if (value === undefined) throw new Error(`${typed} must be formatted as key=value`)
  return [key, value]
}

/** The flags that `context create` and `context update` share. */
export const contextFlags = {
  description: text({ summary: 'Description of the context' }),
  docker: endpointSettings(),
}
