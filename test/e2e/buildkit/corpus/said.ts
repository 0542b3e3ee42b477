/** What the numbered steps say of their parts, and when they are over. It comes and goes, but for the names of images. */
const PASSING =
  /^(CACHED|CANCELED|DONE .*|WARN: .*|(transferring|exporting|writing|resolve|extracting|sha256:|unpacking|sending|copying|merging|preparing|downloading)\b.*|naming to (?!.* done$).*)$/

/**
 * What a build printed without what differs from run to run: the steps in the order of their names, with what they said,
 * and behind them what was printed besides. Of a build that fails only those steps are kept that said something: others
 * may not have begun.
 * @param replacements texts of this run, and what stands for them
 */
export function normalizedOutput(text: string, replacements: Readonly<Record<string, string>>): string[] {
  const names = new Map<string, string>()
  const steps = new Map<string, string[]>()
  const besides: string[] = []
  for (const line of withoutChance(text, replacements).split('\n')) {
    const [, number = '', said = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    const name = names.get(number)
    if (number === '') besides.push(line.replace(TIME, ''))
    else if (name === undefined) {
      names.set(number, said)
      steps.set(number, [])
    } else if (said !== name && said !== '...' && !PASSING.test(said)) {
      steps.get(number)?.push(said.replace(TIME, '').replace(/(?<=^naming to \S+) .*/, ''))
    }
  }
  const isFailed = besides.some((line) => line.startsWith('ERROR: '))
  const blocks = [...steps].map(([number, said]) => [names.get(number) ?? '', ...said.map((line) => `  ${line}`)])
  const shown = blocks.filter(([, ...said]) => !isFailed || said.length > 0)
  shown.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))
  return [...shown.flat(), ...withSortedWarnings(besides.join('\n').replace(/^\n+/, '').split('\n'))]
}

const TIME = /^\d+\.\d{3} /

/** The daemon tells of warnings in any order. */
function withSortedWarnings(lines: readonly string[]): string[] {
  // Before the first one the color ends.
  const parts = lines.map((line) => /^(.{0,4})( - .*)$/.exec(line) ?? [])
  const sorted = parts.flatMap(([, , warning]) => warning ?? []).sort()
  return lines.map((line, index) => {
    const [, before, warning] = parts[index] ?? []
    return warning === undefined ? line : `${before}${sorted.shift()}`
  })
}

function withoutChance(text: string, replacements: Readonly<Record<string, string>>): string {
  return (
    Object.entries(replacements)
      .reduce((replaced, [from, name]) => replaced.replaceAll(from, name), text)
      .replaceAll(/^time=".*" level=debug .*\n/gm, '')
      // The engine asks for both files at once: whether the second request still fails before the first one ends it
      // all is chance.
      .replaceAll(/^-+\n > \[internal\] load \.dockerignore:\n-+\n/gm, '')
      // Stages that begin alike share the step, and the daemon's name for it is that of any of them.
      .replaceAll(/(?<=^#\d+ )\[[^\]]*\] (?=FROM )/gm, '')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
      // A tag and a digest are in it if whoever asked for the image first gave them.
      .replaceAll(/(?<=^#\d+ FROM \S+?)(:latest)?(@sha256:<digest>)?$/gm, '')
      .replaceAll(/\bbuildkit-mount\d+\b/g, 'buildkit-mount<number>')
      .replaceAll(/\b[0-9a-f-]{36}::[0-9a-z]{25}\b/g, '<ref>')
  )
}
