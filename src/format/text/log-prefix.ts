import { Chalk } from 'chalk'
import type { ColorLevel } from '../table/color.ts'
import { makeVisible } from './visible.ts'

/** The colors of names in turn. Red is left out, because it looks like an error. */
const COLORS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'cyanBright', 'yellowBright', 'greenBright'] as const

/**
 * Returns the text in front of each line of a merged log, `web  | `, for each name. They are equally wide.
 * @param colorLevel chalk's level; 0 for no color
 */
export function logPrefixes(names: readonly string[], colorLevel: ColorLevel): string[] {
  const chalk = new Chalk({ level: colorLevel })
  const visible = names.map(makeVisible)
  const width = Math.max(0, ...visible.map((name) => name.length))
  return visible.map((name, index) => {
    const color = COLORS[index % COLORS.length] ?? COLORS[0]
    return chalk[color](`${name.padEnd(width)} | `)
  })
}
