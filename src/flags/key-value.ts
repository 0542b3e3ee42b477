import { checkLabel } from '../domain/label.ts'
import { type Describe, texts, type ValueFlag } from './flag.ts'
import { each } from './values.ts'

/** `key=value` texts that become a map; one without `=` has an empty value. */
export function mapOf(describe: Describe): ValueFlag<readonly string[]> {
  return texts({ valueType: 'map', defaultText: 'map[]', ...describe })
}

/** `--label` of an object that is to be made. */
export function labels(what: string): ValueFlag<readonly string[]> {
  return each({ summary: `Label the ${what}, KEY=VALUE`, read: checkLabel })
}
