/** Progress of a step, which varies between runs, except for the names of images. */
const PROGRESS =
  /^(CACHED|CANCELED|DONE .*|WARN: .*|(transferring|exporting|writing|resolve|extracting|sha256:|unpacking|sending|copying|merging|preparing|downloading)\b.*|naming to (?!.* done$).*)$/

/**
 * Returns the output of a build without what differs between runs: the steps sorted by name, with their output, then
 * the lines that belong to no step. When the build fails, steps without output are omitted, because some may not have
 * begun.
 * @param replacements the placeholders for texts of this run
 */
export function normalizedOutput(text: string, replacements: Readonly<Record<string, string>>): string[] {
  const names = new Map<string, string>()
  const steps = new Map<string, string[]>()
  const otherLines: string[] = []
  for (const line of withoutVariation(text, replacements).split('\n')) {
    const [, number = '', output = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    const name = names.get(number)
    if (number === '') otherLines.push(line.replace(TIME, ''))
    else if (name === undefined) {
      names.set(number, output)
      steps.set(number, [])
    } else if (output !== name && output !== '...' && !PROGRESS.test(output)) {
      steps.get(number)?.push(output.replace(TIME, '').replace(/(?<=^naming to \S+) .*/, ''))
    }
  }
  const isFailed = otherLines.some((line) => line.startsWith('ERROR: '))
  const blocks = [...steps].map(([number, lines]) => [names.get(number) ?? '', ...lines.map((line) => `  ${line}`)])
  const printed = blocks.filter(([, ...lines]) => !isFailed || lines.length > 0)
  printed.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))
  return [...printed.flat(), ...withSortedWarnings(otherLines.join('\n').replace(/^\n+/, '').split('\n'))]
}

const TIME = /^\d+\.\d{3} /

/** Sorts warnings, which the daemon sends in any order. */
function withSortedWarnings(lines: readonly string[]): string[] {
  // The escape sequence that ends the color is in front of the first warning.
  const parts = lines.map((line) => /^(.{0,4})( - .*)$/.exec(line) ?? [])
  const sorted = parts.flatMap(([, , warning]) => warning ?? []).sort()
  return lines.map((line, index) => {
    const [, before, warning] = parts[index] ?? []
    return warning === undefined ? line : `${before}${sorted.shift()}`
  })
}

function withoutVariation(text: string, replacements: Readonly<Record<string, string>>): string {
  return (
    Object.entries(replacements)
      .reduce((replaced, [from, name]) => replaced.replaceAll(from, name), text)
      .replaceAll(/^time=".*" level=debug .*\n/gm, '')
      // The engine requests both files in parallel. The second request may fail before the first one ends the build.
      .replaceAll(/^-+\n > \[internal\] load \.dockerignore:\n-+\n/gm, '')
      // Stages with the same first steps share them, and a step has the name of any of these stages.
      .replaceAll(/(?<=^#\d+ )\[[^\]]*\] (?=FROM )/gm, '')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
      // The tag and the digest depend on which step requested the image first.
      .replaceAll(/(?<=^#\d+ FROM \S+?)(:latest)?(@sha256:<digest>)?$/gm, '')
      .replaceAll(/\bbuildkit-mount\d+\b/g, 'buildkit-mount<number>')
      .replaceAll(/\b[0-9a-f-]{36}::[0-9a-z]{25}\b/g, '<ref>')
  )
}
