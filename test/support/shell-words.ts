/** A character that ends a word and separates or redirects commands. */
const OPERATOR = /[|&;()<>\n]/

/**
 * Splits a line for a POSIX shell into its simple commands, each a list of words without quotes and redirections. The
 * commands inside `$(…)` are listed too, and stand as one word in the command around them. Variables are not expanded.
 */
export function shellCommands(line: string): string[][] {
  const commands: string[][] = []
  read(line, 0, commands)
  return commands
}

/** Reads simple commands from `start` to the end of the line, or to an unmatched `)`. @returns where that is */
function read(line: string, start: number, commands: string[][]): number {
  let [at, words]: [number, string[]] = [start, []]
  const finish = () => {
    if (words.length > 0) commands.push(words)
    words = []
  }
  while (at < line.length && line[at] !== ')') {
    const char = line[at] ?? ''
    const redirection = /^(?:\d*[<>]+&?\s*)[^\s|&;()<>]+/.exec(line.slice(at))?.[0]
    if (redirection !== undefined) at += redirection.length
    else if (OPERATOR.test(char)) {
      finish()
      at++
    } else if (/\s/.test(char)) at++
    else {
      const { word, end } = readWord(line, at, commands)
      words.push(word)
      at = end
    }
  }
  finish()
  return at
}

function readWord(line: string, start: number, commands: string[][]): { word: string; end: number } {
  let [at, word, quote] = [start, '', '']
  for (; at < line.length; at++) {
    const char = line[at] ?? ''
    if (quote !== "'" && line.startsWith('$(', at)) {
      at = read(line, at + 2, commands)
      word += '$(…)'
    } else if (quote !== '') {
      if (char === quote) quote = ''
      else word += char
    } else if (char === "'" || char === '"') quote = char
    else if (/\s/.test(char) || OPERATOR.test(char)) break
    else word += char
  }
  return { word, end: at }
}
