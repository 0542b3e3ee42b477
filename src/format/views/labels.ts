type Labels = Readonly<Record<string, string>> | null | undefined

/** Formats all labels as `name=value`, sorted by name. docker's order is random for some objects. */
export function formatLabels(labels: Labels): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')
}

/** Returns the value of a label; empty if the object does not have it. */
export function findLabel(labels: Labels, name: string): string {
  return labels && Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}
