import { once } from 'node:events'
import { hasProgram, spawnProgram } from '../../../programs/programs.ts'

/** The commands that open a web page on a platform, in order of preference. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly (readonly [string, ...string[]])[]>>> = {
  darwin: [['open']],
  win32: [['rundll32', 'url.dll,FileProtocolHandler']],
}
const UNIX_OPENERS = [['xdg-open'], ['x-www-browser'], ['www-browser']] as const

/** Opens a web page in the user's browser, if there is one. The browser's output is discarded. */
export async function openBrowser(url: string): Promise<void> {
  if (!url.startsWith('https://')) return
  for (const [program, ...args] of OPENERS[process.platform] ?? UNIX_OPENERS) {
    if (!hasProgram(program, process.env.PATH ?? '')) continue
    const child = spawnProgram(program, [...args, url], { stdio: 'ignore', detached: true })
    const hasStarted = await once(child, 'spawn').then(
      () => true,
      () => false,
    )
    child.unref()
    if (hasStarted) return
  }
}
