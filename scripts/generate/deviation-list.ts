import { deviations } from '../../test/parity/deviations.ts'
import { withSection } from './marked-section.ts'

/** Returns the text of docs/compatibility.md with its list of deviations updated. */
export function compatibilityText(page: string): string {
  const groupsOf = new Map<string, Set<string>>()
  for (const { group, because } of deviations) {
    const groups = groupsOf.get(because) ?? new Set()
    for (const name of [group].flat()) groups.add(name)
    groupsOf.set(because, groups)
  }
  const lines = [...groupsOf].map(([because, groups]) => `- ${[...groups].map(quoted).join(', ')}: ${because}`)
  return withSection(page, 'deviations', lines.toSorted().join('\n'))
}

function quoted(group: string): string {
  return `\`${group}\``
}
