import { parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import type { SwarmFile } from '../../../domain/swarm/file.ts'
import { ago } from '../../text/units.ts'
import type { Field, RowOptions } from '../field.ts'
import { findLabel, formatLabels } from '../labels.ts'
import type { ListKind } from '../list.ts'
import { formatLabelLines, formatTime } from './pretty.ts'

const instantOf = (text = '') => parseInstant(text) ?? ZERO_INSTANT
const age = (text: string | undefined, { now }: RowOptions) => {
  const { seconds, nanoseconds } = instantOf(text)
  return ago(seconds + nanoseconds / 1e9, now)
}
const driverOf = ({ Spec }: SwarmFile) => Spec?.Driver?.Name ?? ''

/** The fields of `config ls` (docker/cli config.configContext). */
const configFields = {
  ID: { header: 'ID', text: ({ ID = '' }) => ID },
  Name: { header: 'NAME', text: ({ Spec }) => Spec?.Name ?? '' },
  CreatedAt: { header: 'CREATED', text: ({ CreatedAt }, options) => age(CreatedAt, options) },
  UpdatedAt: { header: 'UPDATED', text: ({ UpdatedAt }, options) => age(UpdatedAt, options) },
  Labels: { header: 'LABELS', text: ({ Spec }) => formatLabels(Spec?.Labels) },
} as const satisfies Record<string, Field<SwarmFile>>

/** The fields of `secret ls` (docker/cli secret.secretContext). */
const secretFields = {
  ...configFields,
  Driver: { header: 'DRIVER', text: driverOf },
} as const satisfies Record<string, Field<SwarmFile>>

const { ID, Name, CreatedAt, UpdatedAt } = configFields
const label = ({ Spec }: SwarmFile, name: string) => findLabel(Spec?.Labels, name)

export const configList: ListKind<SwarmFile> = {
  listing: { typeName: '*config.configContext', fields: configFields, internals: (c) => ({ c }), label },
  columns: [ID, Name, CreatedAt, UpdatedAt],
  quiet: 'ID',
}

export const secretList: ListKind<SwarmFile> = {
  listing: { typeName: '*secret.secretContext', fields: secretFields, internals: (s) => ({ s }), label },
  columns: [ID, Name, secretFields.Driver, CreatedAt, UpdatedAt],
  quiet: 'ID',
}

/** Formats a secret as `secret inspect --pretty` does. */
export function formatSecret(secret: SwarmFile): string {
  const { ID = '', Spec } = secret
  const lines = [`ID:              ${ID}`, `Name:              ${Spec?.Name ?? ''}`, ...formatLabelLines(Spec?.Labels)]
  lines.push(`Driver:            ${driverOf(secret)}`)
  lines.push(`Created at:        ${formatTime(secret.CreatedAt)}`)
  lines.push(`Updated at:        ${formatTime(secret.UpdatedAt)}`)
  return lines.join('\n')
}

/** Formats a config with its content as `config inspect --pretty` does. The content can be any bytes. */
export function formatConfig({ ID = '', CreatedAt, UpdatedAt, Spec }: SwarmFile): Uint8Array {
  const lines = [`ID:\t\t\t${ID}`, `Name:\t\t\t${Spec?.Name ?? ''}`, ...formatLabelLines(Spec?.Labels)]
  lines.push(`Created at:            \t${formatTime(CreatedAt)}`)
  lines.push(`Updated at:            \t${formatTime(UpdatedAt)}`)
  const content = Buffer.from(Spec?.Data ?? '', 'base64')
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\nData:\n`), content])
}
