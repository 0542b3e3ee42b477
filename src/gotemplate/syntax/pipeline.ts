/** Parses pipelines: declarations, commands and their operands. */
import { goQuote } from '../../domain/go/quote.ts'
import { type CommandNode, joinSources, type NamesNode, type Operand, type PipeNode } from './ast.ts'
import { parseNumber, unquote } from './literals.ts'
import type { Token, TokenReader, TokenType } from './tokens.ts'

/** The variables that are declared at the current position. */
class Variables {
  #names = ['$']

  has(name: string): boolean {
    return this.#names.includes(name)
  }

  declare(name: string): void {
    this.#names.push(name)
  }

  /** Runs `work` and removes the variables that it declared. */
  scope<T>(work: () => T): T {
    const count = this.#names.length
    const result = work()
    this.#names.length = count
    return result
  }

  /** Runs `work` with no variable but `$`. */
  isolate<T>(work: () => T): T {
    const names = this.#names
    this.#names = ['$']
    const result = work()
    this.#names = names
    return result
  }
}

export class PipelineParser {
  readonly variables = new Variables()
  readonly #tokens: TokenReader
  readonly #isFunction: (name: string) => boolean

  constructor(tokens: TokenReader, isFunction: (name: string) => boolean) {
    this.#tokens = tokens
    this.#isFunction = isFunction
  }

  /**
   * Parses a pipeline and the token that ends it.
   * @param context the name of the surrounding clause, for errors
   */
  parse(context: string, end: TokenType): PipeNode {
    const tokens = this.#tokens
    const { position } = tokens.peekNonSpace()
    const { declares, assigns } = this.#declarations(context)
    const commands: CommandNode[] = []
    for (;;) {
      const token = tokens.nextNonSpace()
      if (token.type === end) break
      if (!STARTS_OPERAND.has(token.type)) tokens.unexpected(token, context)
      tokens.backup()
      commands.push(this.#command())
    }
    if (commands.length === 0) tokens.fail(`missing value for ${context}`)
    const stage = commands.findIndex(({ operands: [first] }, index) => index > 0 && CONSTANTS.has(first.type))
    if (stage > 0) tokens.fail(`non executable command in pipeline stage ${stage + 1}`)
    const head = declares.length === 0 ? '' : `${joinSources(declares, ', ')} ${assigns ? '=' : ':='} `
    return { type: 'pipe', position, source: head + joinSources(commands, ' | '), declares, assigns, commands }
  }

  /** Returns the value of a string token. @throws TemplateError when it has an invalid escape sequence */
  unquote(token: Token): string {
    return unquote(token.text) ?? this.#tokens.fail('invalid syntax')
  }

  #declarations(context: string): Pick<PipeNode, 'declares' | 'assigns'> {
    const tokens = this.#tokens
    const declares: NamesNode[] = []
    while (tokens.peekNonSpace().type === 'variable') {
      const variable = tokens.next()
      const hasSpace = tokens.peek().type === 'space'
      const next = tokens.peekNonSpace()
      const isComma = next.type === 'char' && next.text === ','
      if (next.type !== 'assign' && next.type !== 'declare' && !isComma) {
        tokens.backup(hasSpace ? 2 : 1)
        break
      }
      tokens.nextNonSpace()
      declares.push(namesNode('variable', variable.position, variable.text))
      this.variables.declare(variable.text)
      if (!isComma) return { declares, assigns: next.type === 'assign' }
      if (context !== 'range' || declares.length >= 2) tokens.fail(`too many declarations in ${context}`)
      const after = tokens.peekNonSpace().type
      if (after !== 'variable' && after !== 'rightDelim' && after !== 'rightParen') {
        tokens.fail('range can only initialize variables')
      }
    }
    return { declares, assigns: false }
  }

  #command(): CommandNode {
    const tokens = this.#tokens
    const { position } = tokens.peekNonSpace()
    const operands: Operand[] = []
    for (;;) {
      tokens.peekNonSpace()
      const operand = this.#operand()
      if (operand !== undefined) operands.push(operand)
      const token = tokens.next()
      if (token.type === 'space') continue
      if (token.type === 'rightDelim' || token.type === 'rightParen') tokens.backup()
      else if (token.type !== 'pipe') tokens.unexpected(token, 'operand')
      break
    }
    const [first, ...rest] = operands
    if (first === undefined) return tokens.fail('empty command')
    const all: [Operand, ...Operand[]] = [first, ...rest]
    return { type: 'command', position, source: all.map(operandSource).join(' '), operands: all }
  }

  /** Parses a term and the `.fields` that follow it without a space. */
  #operand(): Operand | undefined {
    const tokens = this.#tokens
    const term = this.#term()
    if (term === undefined || tokens.peek().type !== 'field') return term
    const { position } = tokens.peek()
    let fields = ''
    while (tokens.peek().type === 'field') fields += tokens.next().text
    if (term.type === 'field' || term.type === 'variable') return namesNode(term.type, position, term.source + fields)
    if (CONSTANTS.has(term.type)) tokens.fail(`unexpected . after term ${goQuote(term.source)}`)
    return {
      type: 'chain',
      position,
      source: operandSource(term) + fields,
      of: term,
      names: fields.slice(1).split('.'),
    }
  }

  #term(): Operand | undefined {
    const tokens = this.#tokens
    const token = tokens.nextNonSpace()
    const { position, text: source } = token
    switch (token.type) {
      case 'identifier':
        if (!this.#isFunction(source)) tokens.fail(`function ${goQuote(source)} not defined`)
        return { type: 'identifier', position, source, name: source }
      case 'dot':
      case 'nil':
        return { type: token.type, position, source }
      case 'variable':
        if (!this.variables.has(source)) tokens.fail(`undefined variable ${goQuote(source)}`)
        return namesNode('variable', position, source)
      case 'field':
        return namesNode('field', position, source)
      case 'bool':
        return { type: 'bool', position, source, value: source === 'true' }
      case 'charConstant':
      case 'complex':
      case 'number':
        return this.#number(token)
      case 'leftParen':
        return this.parse('parenthesized pipeline', 'rightParen')
      case 'string':
      case 'rawString':
        return { type: 'string', position, source, value: this.unquote(token) }
    }
    tokens.backup()
    return
  }

  #number({ text, position }: Token): Operand {
    const value = parseNumber(text)
    if (typeof value === 'string') this.#tokens.fail(value)
    return { type: 'number', position, source: text, ...value }
  }
}

const CONSTANTS = new Set<Operand['type']>(['bool', 'dot', 'nil', 'number', 'string'])
const STARTS_OPERAND = new Set<TokenType>([
  'bool',
  'charConstant',
  'complex',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
])

function namesNode(type: 'field' | 'variable', position: number, source: string): NamesNode {
  return { type, position, source, names: (type === 'field' ? source.slice(1) : source).split('.') }
}

/** Returns the source of an operand as Go prints it: a pipeline is in parentheses. */
function operandSource(operand: Operand): string {
  return operand.type === 'pipe' ? `(${operand.source})` : operand.source
}
