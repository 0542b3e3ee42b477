import { parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import type { SwarmFile } from '../../../domain/swarm/file.ts'
import { ago } from '../../age.ts'
import { labelList, labelValue } from '../../labels.ts'
import type { Field, Look } from '../field.ts'
import type { ListKind } from '../list.ts'
import { labelLines, timeText } from '../pretty-lines.ts'

const instantOf = (text = '') => parseInstant(text) ?? ZERO_INSTANT
const age = (text: string | undefined, { now }: Look) => {
  const { seconds, nanoseconds } = instantOf(text)
  return ago(seconds + nanoseconds / 1e9, now)
}
const driverOf = ({ Spec }: SwarmFile) => Spec?.Driver?.Name ?? ''

/** What `config ls` can show of a config (docker/cli config.configContext). */
const configFields = {
  ID: { header: 'ID', text: ({ ID = '' }) => ID },
  Name: { header: 'NAME', text: ({ Spec }) => Spec?.Name ?? '' },
  CreatedAt: { header: 'CREATED', text: ({ CreatedAt }, look) => age(CreatedAt, look) },
  UpdatedAt: { header: 'UPDATED', text: ({ UpdatedAt }, look) => age(UpdatedAt, look) },
  Labels: { header: 'LABELS', text: ({ Spec }) => labelList(Spec?.Labels) },
} as const satisfies Record<string, Field<SwarmFile>>

/** What `secret ls` can show of a secret (docker/cli secret.secretContext). */
const secretFields = {
  ...configFields,
  Driver: { header: 'DRIVER', text: driverOf },
} as const satisfies Record<string, Field<SwarmFile>>

const { ID, Name, CreatedAt, UpdatedAt } = configFields
const label = ({ Spec }: SwarmFile, name: string) => labelValue(Spec?.Labels, name)

export const configList: ListKind<SwarmFile> = {
  listing: { typeName: '*config.configContext', fields: configFields, inside: (c) => ({ c }), label },
  columns: [ID, Name, CreatedAt, UpdatedAt],
  quiet: 'ID',
}

export const secretList: ListKind<SwarmFile> = {
  listing: { typeName: '*secret.secretContext', fields: secretFields, inside: (s) => ({ s }), label },
  columns: [ID, Name, secretFields.Driver, CreatedAt, UpdatedAt],
  quiet: 'ID',
}

/** A secret as `secret inspect --pretty` shows it. */
export function prettySecret(secret: SwarmFile): string {
  const { ID = '', Spec } = secret
  const lines = [`ID:              ${ID}`, `Name:              ${Spec?.Name ?? ''}`, ...labelLines(Spec?.Labels)]
  lines.push(`Driver:            ${driverOf(secret)}`)
  lines.push(`Created at:        ${timeText(secret.CreatedAt)}`)
  lines.push(`Updated at:        ${timeText(secret.UpdatedAt)}`)
  return lines.join('\n')
}

/** A config as `config inspect --pretty` shows it: with its content, whose bytes may be anything. */
export function prettyConfig({ ID = '', CreatedAt, UpdatedAt, Spec }: SwarmFile): Uint8Array {
  const lines = [`ID:\t\t\t${ID}`, `Name:\t\t\t${Spec?.Name ?? ''}`, ...labelLines(Spec?.Labels)]
  lines.push(`Created at:            \t${timeText(CreatedAt)}`)
  lines.push(`Updated at:            \t${timeText(UpdatedAt)}`)
  const content = Buffer.from(Spec?.Data ?? '', 'base64')
  return Buffer.concat([Buffer.from(`${lines.join('\n')}\nData:\n`), content])
}
