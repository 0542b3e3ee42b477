// The messages of Go's yaml.v3 for syntax errors that the package yaml finds.
import type { YAMLParseError } from 'yaml'

/** Returns the number of the line, from 1, that contains an offset. */
export function lineNumber(text: string, offset: number): number {
  return lineIndex(text, offset) + 1
}

function lineIndex(text: string, offset: number): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** A syntax error as libyaml reports it. */
interface SyntaxError {
  readonly message: string
  /** The line, from 0, where the unfinished collection or scalar begins. libyaml names it unless it is the first line. */
  readonly context: number
  /** The line, from 0, of the offending character. */
  readonly problem: number
  /** Whether the scanner found the error. It counts lines from 1; the parser counts from 0. */
  readonly isScanner: boolean
}

/** Returns docker's message for a syntax error: yaml.v3's, with the line that it names. */
export function describeYamlError(error: YAMLParseError, text: string): string {
  const { message, context, problem, isScanner } = translate(error, text)
  const line = context || problem
  return `yaml: ${line === 0 ? '' : `line ${line + (isScanner ? 1 : 0)}: `}${message}`
}

function translate({ code, message, pos }: YAMLParseError, text: string): SyntaxError {
  const [offset] = pos
  const problem = lineIndex(text, offset)
  const scanner = (reason: string, context = 0, line = problem): SyntaxError => ({
    message: reason,
    context,
    problem: line,
    isScanner: true,
  })
  switch (code) {
    case 'TAB_AS_INDENT': {
      const previous = text.slice(0, offset).trimEnd()
      const continuesScalar = /[^:\-[{,]$/.test(previous)
      return scanner(`found ${continuesScalar ? 'a tab character that violates indentation' : CANNOT_START}`)
    }
    case 'BAD_SCALAR_START':
      return scanner(`found ${CANNOT_START}`)
    case 'BAD_DQ_ESCAPE':
      return scanner(
        /\\[xuU]/.test(message) ? 'did not find expected hexdecimal number' : 'found unknown escape character',
      )
    case 'BAD_ALIAS':
      return scanner('did not find expected alphabetic or numeric character')
    case 'TAG_RESOLVE_FAILED':
      return scanner("did not find the expected '>'")
    case 'RESOURCE_EXHAUSTION':
      return scanner('exceeded max depth of 10000')
    case 'MISSING_CHAR':
      return missingCharacter(message, text, offset)
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return invalidKey(text, offset)
    case 'BAD_INDENT':
      return message.startsWith('Flow') ? unfinishedFlow(text, offset) : unexpectedToken(text, offset)
    default:
      if (message.startsWith('Block scalar header')) return scanner('did not find expected comment or line break')
      if (message.startsWith('Unexpected block-seq-ind')) {
        return scanner('block sequence entries are not allowed in this context')
      }
      if (/flow-(map|seq)-end token in YAML doc|in flow/.test(message)) {
        return { message: 'did not find expected node content', context: 0, problem, isScanner: false }
      }
      return unexpectedToken(text, offset)
  }
}

const CANNOT_START = 'character that cannot start any token'

function missingCharacter(message: string, text: string, offset: number): SyntaxError {
  const problem = lineIndex(text, offset)
  const quote = /Missing closing (['"])/.exec(message)?.[1]
  if (quote !== undefined) {
    const context = lineIndex(text, text.lastIndexOf(quote))
    return { message: 'found unexpected end of stream', context, problem, isScanner: true }
  }
  if (message.startsWith('Implicit map keys')) {
    return { message: "could not find expected ':'", context: problem, problem, isScanner: true }
  }
  return unexpectedToken(text, offset)
}

/** A key that spans lines: a second colon in a value, a key without one, or an entry of a sequence between keys. */
function invalidKey(text: string, offset: number): SyntaxError {
  const isSequenceEntry = /^-(\s|$)/.test(text.slice(offset)) || /^\s*-\s/.test(lineAt(text, offset))
  if (isSequenceEntry) return unexpectedToken(text, offset)
  const colon = /:(?=\s|$)/.exec(text.slice(offset))
  if (!colon) {
    const start = lineIndex(text, offset)
    return { message: "could not find expected ':'", context: start, problem: start, isScanner: true }
  }
  const problem = lineIndex(text, offset + colon.index)
  return { message: 'mapping values are not allowed in this context', context: 0, problem, isScanner: true }
}

function unfinishedFlow(text: string, offset: number): SyntaxError {
  const isAtEnd = text.slice(offset).trim() === ''
  const problem = lineIndex(text, isAtEnd ? text.length : offset)
  const before = text.slice(0, offset).trimEnd()
  if (isAtEnd && /[[{,:]$/.test(before)) {
    return { message: 'did not find expected node content', context: 0, problem, isScanner: false }
  }
  const start = openBracket(before)
  const expected = before[start] === '[' ? "',' or ']'" : "',' or '}'"
  return { message: `did not find expected ${expected}`, context: lineIndex(text, start), problem, isScanner: false }
}

/** Returns the position of the last bracket that is not closed; -1 if there is none. */
function openBracket(text: string): number {
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at] ?? ''
    if (character === ']' || character === '}') depth++
    if ((character === '[' || character === '{') && depth-- === 0) return at
  }
  return -1
}

/** A token that does not continue the block collection that its indentation puts it in. */
function unexpectedToken(text: string, offset: number): SyntaxError {
  const problem = lineIndex(text, offset)
  const line = lineAt(text, offset)
  const isFirstOfLine = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === ''
  const lines = text.split('\n').slice(0, problem + (isFirstOfLine ? 0 : 1))
  const collection = enclosingCollection(lines, indentOf(line))
  return {
    message: collection.isSequence ? "did not find expected '-' indicator" : 'did not find expected key',
    context: collection.line,
    problem,
    isScanner: false,
  }
}

interface BlockCollection {
  readonly indent: number
  readonly isSequence: boolean
  /** The line, from 0, where it begins. */
  readonly line: number
}

/** Finds the innermost block collection that is open after the lines and not indented more than `indent`. */
function enclosingCollection(lines: readonly string[], indent: number): BlockCollection {
  const open: BlockCollection[] = []
  for (const [line, content] of lines.entries()) {
    if (/^\s*(#|$)/.test(content)) continue
    const column = indentOf(content)
    while ((open.at(-1)?.indent ?? -1) > column) open.pop()
    openCollections(content, line, open)
  }
  return open.findLast((collection) => collection.indent <= indent) ?? { indent: 0, isSequence: false, line: 0 }
}

function openCollections(content: string, line: number, open: BlockCollection[]): void {
  let column = indentOf(content)
  for (; /^-\s/.test(content.slice(column)); column += 2) {
    const top = open.at(-1)
    if (!top || top.indent < column || !top.isSequence) open.push({ indent: column, isSequence: true, line })
  }
  if (!/:(\s|$)/.test(content.slice(column))) return
  const top = open.at(-1)
  if (top?.isSequence && top.indent === column) open.pop()
  if ((open.at(-1)?.indent ?? -1) < column) open.push({ indent: column, isSequence: false, line })
}

function indentOf(line: string): number {
  return /^ */.exec(line)?.[0].length ?? 0
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(start, end < 0 ? text.length : end)
}
