/** Parts of a step that come and go; only how they ended is the same every time. */
const PART =
  /^(transferring \w+:|transferring |exporting |writing |naming to |resolve |extracting |sha256:|unpacking |sending |copying |merging |preparing |downloading )/

/** Whether a base image was there already depends on what was built before. */
const FROM_STEP = /^FROM |^\[internal\] load metadata/

/**
 * What a build printed without what differs from run to run: the steps in the order of their names, and what was printed
 * besides, in its own order.
 * @param replacements texts of this run, and what stands for them
 */
export function normalizedOutput(text: string, replacements: Readonly<Record<string, string>>): string[] {
  const steps = new Map<string, string[]>()
  const names = new Map<string, string>()
  const besides: string[] = []
  for (const line of withoutChance(text, replacements).split('\n')) {
    const [, number = '', said = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    if (number === '') {
      besides.push(line.replace(/^\d+\.\d{3} /, ''))
      continue
    }
    const name = names.get(number)
    if (name === undefined) {
      names.set(number, said)
      steps.set(`${number} ${said}`, [])
    } else if (said !== name && said !== '...') {
      steps.get(`${number} ${name}`)?.push(said)
    }
  }
  const blocks = [...steps].map(([key, said]) => [key.replace(/^\d+ /, ''), said] as const)
  blocks.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return [
    ...blocks.flatMap(([name, said]) => [name, ...stepLines(name, said).map((each) => `  ${each}`)]),
    ...besides.join('\n').replace(/^\n+/, '').split('\n'),
  ]
}

function stepLines(name: string, said: readonly string[]): string[] {
  const lines = said
    .filter((line) => !PART.test(line) || (/ done$/.test(line) && !FROM_STEP.test(name)))
    .map((line) => line.replace(/^\d+\.\d{3} /, '').replace(/^(CACHED|DONE .*)$/, 'DONE'))
  return lines.filter((line, index) => lines.lastIndexOf(line) === index || (line !== 'DONE' && !PART.test(line)))
}

function withoutChance(text: string, replacements: Readonly<Record<string, string>>): string {
  return (
    Object.entries(replacements)
      .reduce((replaced, [from, name]) => replaced.replaceAll(from, name), text)
      .replaceAll(/^time=".*" level=debug .*\n/gm, '')
      // Stages that begin alike share the step, and the daemon's name for it is that of any of them.
      .replaceAll(/(?<=^#\d+ )\[[^\]]*\] (?=FROM )/gm, '')
      .replaceAll(/\b[0-9a-f]{64}\b/g, '<digest>')
      .replaceAll(/\bbuildkit-mount\d+\b/g, 'buildkit-mount<number>')
      // How much of a file's description comes with it is a matter of time.
      .replaceAll(/(?<=^#\d+ transferring \w+: ).*(?=done$)/gm, '')
      .replaceAll(/\b[0-9a-f-]{36}::[0-9a-z]{25}\b/g, '<ref>')
      .replaceAll(/ \d+\.\d+s(?= done$)/gm, '')
      .replaceAll(/\d+\.\d+s$/gm, '')
  )
}
