import type { SearchResult } from '../../domain/registry.ts'
import { ellipsis } from '../text.ts'
import type { Field, Listing, Look } from './field.ts'
import { compileFormat, formatted, tableOf } from './listing.ts'
import { type Display, type View, zoneOf } from './view.ts'

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

const listing: Listing<SearchResult> = { typeName: '*registry.searchContext', fields }

export interface SearchViewOptions {
  /** A template, `table …`, `table` or `json`; empty for the default table. */
  readonly format: string
  readonly noTrunc: boolean
}

/**
 * How `search` shows what it found.
 * @throws FormatError with docker's words for a template that cannot be read; `render` throws one for an unknown field
 */
export async function searchView(
  { format, noTrunc }: SearchViewOptions,
  display: Display = {},
): Promise<View<SearchResult>> {
  const { eastAsian = false } = display
  const { Name, Description, StarCount, IsOfficial } = fields
  const write =
    format === '' || format === 'table'
      ? tableOf<SearchResult>([Name, Description, StarCount, IsOfficial], eastAsian)
      : formatted(format, await compileFormat(format, listing), eastAsian)
  return {
    needsSize: false,
    render: (results, now) => write(results, { truncate: !noTrunc, now: now.getTime(), zone: zoneOf(display) }),
  }
}

function described({ description = '' }: SearchResult, { truncate }: Look): string {
  const line = description.replaceAll(/[\n\r]/g, ' ')
  return truncate ? ellipsis(line, DESCRIPTION_WIDTH) : line
}
