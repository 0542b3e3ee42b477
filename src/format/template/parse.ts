import { quote } from '../text.ts'
import type { BranchNode, CommandNode, ListNode, NamesNode, Operand, PipeNode, Statement } from './ast.ts'
import type { Token, TokenType } from './lex.ts'
import { constant } from './number.ts'
import { joined, TokenReader } from './tokens.ts'
import { unquote } from './unquote.ts'

/** A parsed template: its own body and the ones it defines, by name. */
export interface Parsed {
  readonly source: string
  readonly templates: ReadonlyMap<string, ListNode>
}

/** `{{end}}` or `{{else}}`, which end a list. */
interface ListEnd {
  readonly type: 'end' | 'else'
}

/**
 * Parses a template as Go's text/template does.
 * @param name the template's name, empty for most formats; error texts begin with it
 * @throws TemplateError in Go's words
 */
export function parse(source: string, name: string, isFunction: (name: string) => boolean): Parsed {
  return new Parser(source, name, isFunction).parsed()
}

class Parser extends TokenReader {
  readonly #source: string
  readonly #isFunction: (name: string) => boolean
  readonly #templates = new Map<string, ListNode>()
  #variables = ['$']
  #rangeDepth = 0

  constructor(source: string, name: string, isFunction: (name: string) => boolean) {
    super(source, name)
    this.#source = source
    this.#isFunction = isFunction
  }

  parsed(): Parsed {
    const position = this.peek().position
    const statements: Statement[] = []
    while (this.peek().type !== 'eof') {
      if (this.peek().type === 'leftDelim' && this.isDefine()) {
        this.#definition()
        continue
      }
      const statement = this.#statement()
      if (isListEnd(statement)) this.fail(`unexpected {{${statement.type}}}`)
      statements.push(statement)
    }
    this.#add(this.templateName, { type: 'list', position, source: joined(statements, ''), statements })
    return { source: this.#source, templates: this.#templates }
  }

  #definition(): void {
    const context = 'define clause'
    const token = this.nextNonSpace()
    if (token.type !== 'string' && token.type !== 'rawString') this.unexpected(token, context)
    const name = this.#unquoted(token)
    this.expect('rightDelim', context)
    this.#nested(name, context)
  }

  /** The body of a define or block: its own variables and loops, up to its end. */
  #nested(name: string, context: string): void {
    const variables = this.#variables
    const rangeDepth = this.#rangeDepth
    this.#variables = ['$']
    this.#rangeDepth = 0
    const [list, end] = this.#list()
    if (end.type !== 'end') this.fail(`unexpected {{${end.type}}} in ${context}`)
    this.#variables = variables
    this.#rangeDepth = rangeDepth
    this.#add(name, list)
  }

  #add(name: string, list: ListNode): void {
    const known = this.#templates.get(name)
    if (known === undefined || isEmpty(known)) this.#templates.set(name, list)
    else if (!isEmpty(list)) this.fail(`template: multiple definition of template ${quote(name)}`)
  }

  #list(): [ListNode, ListEnd] {
    const { position } = this.peekNonSpace()
    const statements: Statement[] = []
    while (this.peekNonSpace().type !== 'eof') {
      const statement = this.#statement()
      if (isListEnd(statement))
        return [{ type: 'list', position, source: joined(statements, ''), statements }, statement]
      statements.push(statement)
    }
    return this.fail('unexpected EOF')
  }

  #statement(): Statement | ListEnd {
    const token = this.nextNonSpace()
    if (token.type === 'text') return { type: 'text', position: token.position, source: token.text }
    if (token.type !== 'leftDelim') return this.unexpected(token, 'input')
    this.actionLine = token.line
    const statement = this.#action()
    this.actionLine = 0
    return statement
  }

  #action(): Statement | ListEnd {
    const token = this.nextNonSpace()
    switch (token.type) {
      case 'block':
        return this.#block()
      case 'break':
      case 'continue':
        return this.#jump(token.type, token.position)
      case 'else':
        return this.#else()
      case 'end':
        this.expect('rightDelim', 'end')
        return { type: 'end' }
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.type)
      case 'template':
        return this.#template()
    }
    this.backup()
    const { position } = this.peek()
    const pipe = this.#pipeline('command', 'rightDelim')
    return { type: 'action', position, source: `{{${pipe.source}}}`, pipe }
  }

  #jump(type: 'break' | 'continue', position: number): Statement {
    const token = this.nextNonSpace()
    if (token.type !== 'rightDelim') this.unexpected(token, `{{${type}}}`)
    if (this.#rangeDepth === 0) this.fail(`{{${type}}} outside {{range}}`)
    return { type, position, source: `{{${type}}}` }
  }

  #else(): ListEnd {
    const next = this.peekNonSpace().type
    // `{{else if x}}` is `{{else}}{{if x}}` whose end is shared.
    if (next !== 'if' && next !== 'with') this.expect('rightDelim', 'else')
    return { type: 'else' }
  }

  #branch(type: BranchNode['type']): BranchNode {
    const known = this.#variables.length
    const pipe = this.#pipeline(type, 'rightDelim')
    if (type === 'range') this.#rangeDepth++
    const [body, end] = this.#list()
    if (type === 'range') this.#rangeDepth--
    const otherwise = end.type === 'else' ? this.#otherwise(type) : undefined
    this.#variables.length = known
    const tail = otherwise === undefined ? '' : `{{else}}${otherwise.source}`
    const source = `{{${type} ${pipe.source}}}${body.source}${tail}{{end}}`
    return { type, position: pipe.position, source, pipe, body, otherwise }
  }

  #otherwise(type: BranchNode['type']): ListNode {
    const next = this.peek()
    if ((type === 'if' || type === 'with') && next.type === type) {
      this.next()
      const branch = this.#branch(type)
      return { type: 'list', position: next.position, source: branch.source, statements: [branch] }
    }
    const [list, end] = this.#list()
    if (end.type !== 'end') this.fail(`expected end; found {{${end.type}}}`)
    return list
  }

  #block(): Statement {
    const context = 'block clause'
    const token = this.nextNonSpace()
    const name = this.#templateName(token, context)
    const pipe = this.#pipeline(context, 'rightDelim')
    this.#nested(name, context)
    return templateNode(token.position, name, pipe)
  }

  #template(): Statement {
    const context = 'template clause'
    const token = this.nextNonSpace()
    const name = this.#templateName(token, context)
    if (this.nextNonSpace().type === 'rightDelim') return templateNode(token.position, name, undefined)
    this.backup()
    return templateNode(token.position, name, this.#pipeline(context, 'rightDelim'))
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') this.unexpected(token, context)
    return this.#unquoted(token)
  }

  #pipeline(context: string, end: TokenType): PipeNode {
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
      this.#variables.push(variable.text)
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
    if (CONSTANTS.has(term.type)) this.fail(`unexpected . after term ${quote(term.source)}`)
    return { type: 'chain', position, source: shown(term) + fields, of: term, names: fields.slice(1).split('.') }
  }

  #term(): Operand | undefined {
    const token = this.nextNonSpace()
    const { position, text: source } = token
    switch (token.type) {
      case 'identifier':
        if (!this.#isFunction(source)) this.fail(`function ${quote(source)} not defined`)
        return { type: 'identifier', position, source, name: source }
      case 'dot':
      case 'nil':
        return { type: token.type, position, source }
      case 'variable':
        if (!this.#variables.includes(source)) this.fail(`undefined variable ${quote(source)}`)
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
        return this.#pipeline('parenthesized pipeline', 'rightParen')
      case 'string':
      case 'rawString':
        return { type: 'string', position, source, value: this.#unquoted(token) }
    }
    this.backup()
    return
  }

  #number({ text, position }: Token): Operand {
    const value = constant(text)
    if (typeof value === 'string') this.fail(value)
    return { type: 'number', position, source: text, ...value }
  }

  #unquoted(token: Token): string {
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

function templateNode(position: number, name: string, pipe: PipeNode | undefined): Statement {
  const source = `{{template ${quote(name)}${pipe === undefined ? '' : ` ${pipe.source}`}}}`
  return { type: 'template', position, source, name, pipe }
}

/** A pipeline is in parentheses wherever it is an operand. */
function shown(operand: Operand): string {
  return operand.type === 'pipe' ? `(${operand.source})` : operand.source
}

function isListEnd(statement: Statement | ListEnd): statement is ListEnd {
  return statement.type === 'end' || statement.type === 'else'
}

/** Go lets an empty body or one of spaces be replaced by another definition. */
function isEmpty({ statements }: ListNode): boolean {
  return statements.every((statement) => statement.type === 'text' && statement.source.trim() === '')
}
