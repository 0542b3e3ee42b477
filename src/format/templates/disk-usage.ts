import type { DiskUsage } from '../../domain/system/disk-usage.ts'
import { TemplateError } from '../../gotemplate/error.ts'
import { template } from '../../gotemplate/template.ts'
import { type GoType, pointerTo, sliceOf, type Value } from '../../gotemplate/values/value.ts'
import { FormatError } from '../error.ts'
import type { Listing, Look } from '../views/field.ts'
import { templateText } from '../views/format-text.ts'
import { usageListings, usageRows } from '../views/system/disk-usage-objects.ts'
import { Rows } from './row.ts'

/** What a template wrote of the objects that take disk space, and why that may not be all. */
export interface WrittenUsage {
  readonly output: string
  readonly problem?: FormatError
}

/**
 * Writes all objects that take disk space by one template (docker/cli formatter.diskUsageContext).
 * @throws FormatError with docker's words for a template that cannot be read
 */
export function writeUsage(format: string, usage: DiskUsage, look: Look): WrittenUsage {
  const parsed = readable(format)
  try {
    return { output: parsed.execute(usageValue(usage, look)) }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return { output: error.written, problem: new FormatError(error.message) }
  }
}

function readable(format: string) {
  try {
    return template(templateText(format))
  } catch (error) {
    if (error instanceof TemplateError) throw new FormatError(`template parsing error: ${error.message}`)
    throw error
  }
}

function usageValue(usage: DiskUsage, look: Look): Value {
  const rows = usageRows(usage)
  const lists = [
    list('Images', usageListings.images, rows.images, look),
    list('Containers', usageListings.containers, rows.containers, look),
    list('Volumes', usageListings.volumes, rows.volumes, look),
    list('BuildCache', usageListings.buildCache, rows.buildCache, look),
  ]
  const type: GoType = {
    kind: 'struct',
    name: 'formatter.diskUsageContext',
    fields: lists.map(({ name, type }) => ({ name, json: name, omitEmpty: false, type, embedded: false })),
  }
  const fields = new Map(lists.map(({ name, type, items }): [string, Value] => [name, { kind: 'slice', type, items }]))
  return { kind: 'pointer', type: pointerTo(type), target: { kind: 'struct', type, fields } }
}

function list<Row>(name: string, listing: Listing<Row>, rows: readonly Row[], look: Look) {
  const objects = new Rows(listing)
  return { name, type: sliceOf(objects.pointer), items: rows.map((row) => objects.value(row, look)) }
}
