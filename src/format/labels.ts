type Labels = Readonly<Record<string, string>> | null | undefined

/** All labels, `name=value` each, in the order of their names; docker's own order is random for some objects. */
export function labelList(labels: Labels): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',')
}

/** The value of one label; empty where there is none of that name. */
export function labelValue(labels: Labels, name: string): string {
  return labels && Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}
