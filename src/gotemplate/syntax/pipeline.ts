import { goQuote } from '../../domain/go/quote.ts'
import type { CommandNode, NamesNode, Operand, PipeNode } from './ast.ts'
import { constant } from './number.ts'
import type { Token, TokenType } from './token.ts'
import { joined, TokenReader } from './tokens.ts'
import { unquote } from './unquote.ts'

/** Parses pipelines: what stands between the braces behind a keyword, or without one. */
export class PipelineParser extends TokenReader {
  /** The variables known where parsing is. */
  protected variables = ['$']
  readonly #isFunction: (name: string) => boolean

  constructor(source: string, name: string, isFunction: (name: string) => boolean) {
    super(source, name)
    this.#isFunction = isFunction
  }

  protected pipeline(context: string, end: TokenType): PipeNode {
    const { position } = this.peekNonSpace()
    const { declares, assigns } = this.#declarations(context)
    const commands: CommandNode[] = []
    for (;;) {
      const token = this.nextNonSpace()
      if (token.type === end) break
      if (!STARTS_OPERAND.has(token.type)) this.unexpected(token, context)
      this.backup()
      commands.push(this.#command())
    }
    if (commands.length === 0) this.fail(`missing value for ${context}`)
    const stage = commands.findIndex(({ operands: [first] }, index) => index > 0 && CONSTANTS.has(first.type))
    if (stage > 0) this.fail(`non executable command in pipeline stage ${stage + 1}`)
    const head = declares.length === 0 ? '' : `${joined(declares, ', ')} ${assigns ? '=' : ':='} `
    return { type: 'pipe', position, source: head + joined(commands, ' | '), declares, assigns, commands }
  }

  #declarations(context: string): Pick<PipeNode, 'declares' | 'assigns'> {
    const declares: NamesNode[] = []
    while (this.peekNonSpace().type === 'variable') {
      const variable = this.next()
      const hasSpace = this.peek().type === 'space'
      const next = this.peekNonSpace()
      const comma = next.type === 'char' && next.text === ','
      if (next.type !== 'assign' && next.type !== 'declare' && !comma) {
        this.backup(hasSpace ? 2 : 1)
        break
      }
      this.nextNonSpace()
      declares.push(namesNode('variable', variable.position, variable.text))
      this.variables.push(variable.text)
      if (!comma) return { declares, assigns: next.type === 'assign' }
      if (context !== 'range' || declares.length >= 2) this.fail(`too many declarations in ${context}`)
      const after = this.peekNonSpace().type
      if (after !== 'variable' && after !== 'rightDelim' && after !== 'rightParen') {
        this.fail('range can only initialize variables')
      }
    }
    return { declares, assigns: false }
  }

  #command(): CommandNode {
    const { position } = this.peekNonSpace()
    const operands: Operand[] = []
    for (;;) {
      this.peekNonSpace()
      const operand = this.#operand()
      if (operand !== undefined) operands.push(operand)
      const token = this.next()
      if (token.type === 'space') continue
      if (token.type === 'rightDelim' || token.type === 'rightParen') this.backup()
      else if (token.type !== 'pipe') this.unexpected(token, 'operand')
      break
    }
    const [first, ...rest] = operands
    if (first === undefined) return this.fail('empty command')
    const all: [Operand, ...Operand[]] = [first, ...rest]
    return { type: 'command', position, source: all.map(shown).join(' '), operands: all }
  }

  /** A term with the `.fields` that follow it without a space. */
  #operand(): Operand | undefined {
    const term = this.#term()
    if (term === undefined || this.peek().type !== 'field') return term
    const { position } = this.peek()
    let fields = ''
    while (this.peek().type === 'field') fields += this.next().text
    if (term.type === 'field' || term.type === 'variable') return namesNode(term.type, position, term.source + fields)
    if (CONSTANTS.has(term.type)) this.fail(`unexpected . after term ${goQuote(term.source)}`)
    return { type: 'chain', position, source: shown(term) + fields, of: term, names: fields.slice(1).split('.') }
  }

  #term(): Operand | undefined {
    const token = this.nextNonSpace()
    const { position, text: source } = token
    switch (token.type) {
      case 'identifier':
        if (!this.#isFunction(source)) this.fail(`function ${goQuote(source)} not defined`)
        return { type: 'identifier', position, source, name: source }
      case 'dot':
      case 'nil':
        return { type: token.type, position, source }
      case 'variable':
        if (!this.variables.includes(source)) this.fail(`undefined variable ${goQuote(source)}`)
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
        return this.pipeline('parenthesized pipeline', 'rightParen')
      case 'string':
      case 'rawString':
        return { type: 'string', position, source, value: this.unquoted(token) }
    }
    this.backup()
    return
  }

  #number({ text, position }: Token): Operand {
    const value = constant(text)
    if (typeof value === 'string') this.fail(value)
    return { type: 'number', position, source: text, ...value }
  }

  protected unquoted(token: Token): string {
    return unquote(token.text) ?? this.fail('invalid syntax')
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

/** A pipeline is in parentheses wherever it is an operand. */
function shown(operand: Operand): string {
  return operand.type === 'pipe' ? `(${operand.source})` : operand.source
}
