import type { DiskUsage } from '../../domain/system/disk-usage.ts'
import { type GoType, pointerTo, sliceOf, type Value } from '../../gotemplate/template.ts'
import type { Listing, RowOptions } from '../views/field.ts'
import { templateText } from '../views/row-format.ts'
import { toUsageRows, usageListings } from '../views/system/disk-usage-objects.ts'
import { compileFormat, type Output } from './compile.ts'
import { Rows } from './row.ts'

/**
 * Formats all objects that use disk space by one template (docker/cli formatter.diskUsageContext).
 * @throws FormatError when the template cannot be parsed
 */
export function formatUsage(format: string, usage: DiskUsage, options: RowOptions): Output {
  return compileFormat(templateText(format)).tryExecute(usageValue(usage, options))
}

function usageValue(usage: DiskUsage, options: RowOptions): Value {
  const rows = toUsageRows(usage)
  const lists = [
    list('Images', usageListings.images, rows.images, options),
    list('Containers', usageListings.containers, rows.containers, options),
    list('Volumes', usageListings.volumes, rows.volumes, options),
    list('BuildCache', usageListings.buildCache, rows.buildCache, options),
  ]
  const type: GoType = {
    kind: 'struct',
    name: 'formatter.diskUsageContext',
    fields: lists.map(({ name, type }) => ({ name, json: name, omitEmpty: false, type, embedded: false })),
  }
  const fields = new Map(lists.map(({ name, type, items }): [string, Value] => [name, { kind: 'slice', type, items }]))
  return { kind: 'pointer', type: pointerTo(type), target: { kind: 'struct', type, fields } }
}

function list<Row>(name: string, listing: Listing<Row>, rows: readonly Row[], options: RowOptions) {
  const objects = new Rows(listing)
  return { name, type: sliceOf(objects.pointer), items: rows.map((row) => objects.value(row, options)) }
}
