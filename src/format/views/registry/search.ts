import type { SearchResult } from '../../../domain/registry/registry.ts'
import { truncateText } from '../../text/truncate.ts'
import type { Field, RowOptions } from '../field.ts'
import type { ListKind } from '../list.ts'

/** The columns of a description in a table. */
const DESCRIPTION_WIDTH = 45

/** The fields of `search` (docker/cli registry.searchContext). */
const fields = {
  Name: { header: 'NAME', text: ({ name = '' }) => name },
  Description: { header: 'DESCRIPTION', text: descriptionText },
  StarCount: { header: 'STARS', text: ({ star_count: stars = 0 }) => String(stars) },
  IsOfficial: {
    header: 'OFFICIAL',
    text: ({ is_official: isOfficial = false }) => (isOfficial ? '[OK]' : ''),
    jsonText: ({ is_official: isOfficial = false }) => String(isOfficial),
  },
} as const satisfies Record<string, Field<SearchResult>>

const { Name, Description, StarCount, IsOfficial } = fields

export const searchList: ListKind<SearchResult> = {
  listing: {
    typeName: '*registry.searchContext',
    fields,
    internals: (s, { truncate }) => ({ trunc: truncate, s }),
  },
  columns: [Name, Description, StarCount, IsOfficial],
}

function descriptionText({ description = '' }: SearchResult, { truncate }: RowOptions): string {
  const line = description.replaceAll(/[\n\r]/g, ' ')
  return truncate ? truncateText(line, DESCRIPTION_WIDTH) : line
}
