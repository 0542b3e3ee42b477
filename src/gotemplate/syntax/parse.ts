import { goQuote } from '../../domain/go/quote.ts'
import type { BranchNode, ListNode, PipeNode, Statement } from './ast.ts'
import { PipelineParser } from './pipeline.ts'
import type { Token } from './token.ts'
import { joined } from './tokens.ts'

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

/** Parses actions and the lists between them. */
class Parser extends PipelineParser {
  readonly #source: string
  readonly #templates = new Map<string, ListNode>()
  #rangeDepth = 0

  constructor(source: string, name: string, isFunction: (name: string) => boolean) {
    super(source, name, isFunction)
    this.#source = source
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
    const name = this.unquoted(token)
    this.expect('rightDelim', context)
    this.#nested(name, context)
  }

  /** The body of a define or block: its own variables and loops, up to its end. */
  #nested(name: string, context: string): void {
    const variables = this.variables
    const rangeDepth = this.#rangeDepth
    this.variables = ['$']
    this.#rangeDepth = 0
    const [list, end] = this.#list()
    if (end.type !== 'end') this.fail(`unexpected {{${end.type}}} in ${context}`)
    this.variables = variables
    this.#rangeDepth = rangeDepth
    this.#add(name, list)
  }

  #add(name: string, list: ListNode): void {
    const known = this.#templates.get(name)
    if (known === undefined || isEmpty(known)) this.#templates.set(name, list)
    else if (!isEmpty(list)) this.fail(`template: multiple definition of template ${goQuote(name)}`)
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
    const pipe = this.pipeline('command', 'rightDelim')
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
    const known = this.variables.length
    const pipe = this.pipeline(type, 'rightDelim')
    if (type === 'range') this.#rangeDepth++
    const [body, end] = this.#list()
    if (type === 'range') this.#rangeDepth--
    const otherwise = end.type === 'else' ? this.#otherwise(type) : undefined
    this.variables.length = known
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
    const pipe = this.pipeline(context, 'rightDelim')
    this.#nested(name, context)
    return templateNode(token.position, name, pipe)
  }

  #template(): Statement {
    const context = 'template clause'
    const token = this.nextNonSpace()
    const name = this.#templateName(token, context)
    if (this.nextNonSpace().type === 'rightDelim') return templateNode(token.position, name, undefined)
    this.backup()
    return templateNode(token.position, name, this.pipeline(context, 'rightDelim'))
  }

  #templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') this.unexpected(token, context)
    return this.unquoted(token)
  }
}

function templateNode(position: number, name: string, pipe: PipeNode | undefined): Statement {
  const source = `{{template ${goQuote(name)}${pipe === undefined ? '' : ` ${pipe.source}`}}}`
  return { type: 'template', position, source, name, pipe }
}

function isListEnd(statement: Statement | ListEnd): statement is ListEnd {
  return statement.type === 'end' || statement.type === 'else'
}

/** Go lets an empty body or one of spaces be replaced by another definition. */
function isEmpty({ statements }: ListNode): boolean {
  return statements.every((statement) => statement.type === 'text' && statement.source.trim() === '')
}
