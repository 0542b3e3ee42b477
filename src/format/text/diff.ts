import type { ColorLevel } from '../table/color.ts'

/** Colors the lines of a unified diff for a terminal. @param level 0 for no color */
export async function paintDiff(lines: readonly string[], level: ColorLevel): Promise<readonly string[]> {
  if (level === 0) return lines
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level })
  return lines.map((line, index) => {
    if (index < 2) return chalk.bold(line)
    if (line.startsWith('@@')) return chalk.cyan(line)
    if (line.startsWith('+')) return chalk.green(line)
    return line.startsWith('-') ? chalk.red(line) : line
  })
}
