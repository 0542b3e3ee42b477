import type { SearchResult } from '../../../domain/registry/registry.ts'
import { ellipsis } from '../../text.ts'
import type { Field, Look } from '../field.ts'
import type { ListKind } from '../list.ts'

/** Columns of a description in a table. */
const DESCRIPTION_WIDTH = 45

/** What `docker search` can show of a result (docker/cli registry.searchContext). */
const fields = {
  Name: { header: 'NAME', text: ({ name = '' }) => name },
  Description: { header: 'DESCRIPTION', text: described },
  StarCount: { header: 'STARS', text: ({ star_count: stars = 0 }) => String(stars) },
  IsOfficial: {
    header: 'OFFICIAL',
    text: ({ is_official: isOfficial = false }) => (isOfficial ? '[OK]' : ''),
    member: ({ is_official: isOfficial = false }) => String(isOfficial),
  },
} as const satisfies Record<string, Field<SearchResult>>

const { Name, Description, StarCount, IsOfficial } = fields

/** How `search` shows what it found. */
export const searchList: ListKind<SearchResult> = {
  listing: {
    typeName: '*registry.searchContext',
    fields,
    inside: (s, { truncate }) => ({ trunc: truncate, s }),
  },
  columns: [Name, Description, StarCount, IsOfficial],
}

function described({ description = '' }: SearchResult, { truncate }: Look): string {
  const line = description.replaceAll(/[\n\r]/g, ' ')
  return truncate ? ellipsis(line, DESCRIPTION_WIDTH) : line
}
