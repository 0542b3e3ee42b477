export type Lines = readonly string[]

/** ` Name: value`; nothing known is nothing behind the colon and its space. */
export function line(name: string, value: string | number | boolean | undefined): string {
  return ` ${name}: ${value ?? ''}`
}

/** As `line`, and no line at all where nothing is known. */
export function named(name: string, value: string | undefined): Lines {
  return value === undefined || value === '' ? [] : [line(name, value)]
}

/** A head and a line for each item; nothing where there is none. */
export function under(name: string, items: Lines | null | undefined): Lines {
  return (items ?? []).length === 0 ? [] : [` ${name}:`, ...lines('  ', items ?? [])]
}

export function lines(indent: string, items: Lines): Lines {
  return items.map((item) => indent + item)
}
