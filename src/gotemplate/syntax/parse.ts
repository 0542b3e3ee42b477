/** Parses templates: texts, actions and the control structures between them. Pipelines are in `pipeline.ts`. */
import { goQuote } from '../../domain/go/quote.ts'
import { type BranchNode, joinSources, type ListNode, type PipeNode, type Statement } from './ast.ts'
import { lex } from './lex.ts'
import { PipelineParser } from './pipeline.ts'
import { TokenReader } from './tokens.ts'

/** The bodies of a template and of those that it defines, by name. */
export interface ParsedTemplate {
  readonly source: string
  readonly templates: ReadonlyMap<string, ListNode>
}

/** `{{end}}` or `{{else}}`, which end a list of statements. */
interface ListEnd {
  readonly type: 'end' | 'else'
}

/**
 * Parses a template as Go's text/template/parse does.
 * @param name the template's name, with which errors begin; mostly empty
 * @throws TemplateError with Go's message
 */
export function parse(source: string, name: string, isFunction: (name: string) => boolean): ParsedTemplate {
  const tokens = new TokenReader(lex(source), name)
  const templates = new StatementParser(tokens, new PipelineParser(tokens, isFunction)).parse()
  return { source, templates }
}

class StatementParser {
  readonly #tokens: TokenReader
  readonly #pipelines: PipelineParser
  readonly #templates = new Map<string, ListNode>()
  /** The number of `range` actions around the current position, which `break` and `continue` need. */
  #rangeDepth = 0

  constructor(tokens: TokenReader, pipelines: PipelineParser) {
    this.#tokens = tokens
    this.#pipelines = pipelines
  }

  parse(): ReadonlyMap<string, ListNode> {
    const tokens = this.#tokens
    const { position } = tokens.peek()
    const statements: Statement[] = []
    while (tokens.peek().type !== 'eof') {
      if (tokens.peek().type === 'leftDelim' && tokens.skipDefine()) {
        this.#definition()
        continue
      }
      const statement = this.#statement()
      if (isListEnd(statement)) return tokens.fail(`unexpected {{${statement.type}}}`)
      statements.push(statement)
    }
    this.#add(tokens.templateName, listNode(position, statements))
    return this.#templates
  }

  #definition(): void {
    const context = 'define clause'
    const name = this.#templateName(context)
    this.#tokens.expect('rightDelim', context)
    this.#body(name, context)
  }

  /** Parses the body of a define or block action up to its end. It has its own variables and loops. */
  #body(name: string, context: string): void {
    const rangeDepth = this.#rangeDepth
    this.#rangeDepth = 0
    const [list, end] = this.#pipelines.variables.isolate(() => this.#list())
    if (end.type !== 'end') this.#tokens.fail(`unexpected {{${end.type}}} in ${context}`)
    this.#rangeDepth = rangeDepth
    this.#add(name, list)
  }

  #add(name: string, list: ListNode): void {
    const existing = this.#templates.get(name)
    if (existing === undefined || isBlank(existing)) this.#templates.set(name, list)
    else if (!isBlank(list)) this.#tokens.fail(`template: multiple definition of template ${goQuote(name)}`)
  }

  #list(): [ListNode, ListEnd] {
    const tokens = this.#tokens
    const { position } = tokens.peekNonSpace()
    const statements: Statement[] = []
    while (tokens.peekNonSpace().type !== 'eof') {
      const statement = this.#statement()
      if (isListEnd(statement)) return [listNode(position, statements), statement]
      statements.push(statement)
    }
    return tokens.fail('unexpected EOF')
  }

  #statement(): Statement | ListEnd {
    const tokens = this.#tokens
    const token = tokens.nextNonSpace()
    if (token.type === 'text') return { type: 'text', position: token.position, source: token.text }
    if (token.type !== 'leftDelim') return tokens.unexpected(token, 'input')
    tokens.actionLine = token.line
    const statement = this.#action()
    tokens.actionLine = 0
    return statement
  }

  #action(): Statement | ListEnd {
    const tokens = this.#tokens
    const token = tokens.nextNonSpace()
    switch (token.type) {
      case 'block':
        return this.#block()
      case 'break':
      case 'continue':
        return this.#jump(token.type, token.position)
      case 'else':
        return this.#else()
      case 'end':
        tokens.expect('rightDelim', 'end')
        return { type: 'end' }
      case 'if':
      case 'range':
      case 'with':
        return this.#branch(token.type)
      case 'template':
        return this.#template()
    }
    tokens.backup()
    const { position } = tokens.peek()
    const pipe = this.#pipelines.parse('command', 'rightDelim')
    return { type: 'action', position, source: `{{${pipe.source}}}`, pipe }
  }

  #jump(type: 'break' | 'continue', position: number): Statement {
    const token = this.#tokens.nextNonSpace()
    if (token.type !== 'rightDelim') this.#tokens.unexpected(token, `{{${type}}}`)
    if (this.#rangeDepth === 0) this.#tokens.fail(`{{${type}}} outside {{range}}`)
    return { type, position, source: `{{${type}}}` }
  }

  #else(): ListEnd {
    const next = this.#tokens.peekNonSpace().type
    // `{{else if x}}` is `{{else}}{{if x}}`, and both end at the same `{{end}}`.
    if (next !== 'if' && next !== 'with') this.#tokens.expect('rightDelim', 'else')
    return { type: 'else' }
  }

  #branch(type: BranchNode['type']): BranchNode {
    return this.#pipelines.variables.scope(() => {
      const pipe = this.#pipelines.parse(type, 'rightDelim')
      if (type === 'range') this.#rangeDepth++
      const [body, end] = this.#list()
      if (type === 'range') this.#rangeDepth--
      const otherwise = end.type === 'else' ? this.#otherwise(type) : undefined
      const tail = otherwise === undefined ? '' : `{{else}}${otherwise.source}`
      const source = `{{${type} ${pipe.source}}}${body.source}${tail}{{end}}`
      return { type, position: pipe.position, source, pipe, body, otherwise }
    })
  }

  #otherwise(type: BranchNode['type']): ListNode {
    const next = this.#tokens.peek()
    if ((type === 'if' || type === 'with') && next.type === type) {
      this.#tokens.next()
      return listNode(next.position, [this.#branch(type)])
    }
    const [list, end] = this.#list()
    if (end.type !== 'end') this.#tokens.fail(`expected end; found {{${end.type}}}`)
    return list
  }

  #block(): Statement {
    const context = 'block clause'
    const { position } = this.#tokens.peekNonSpace()
    const name = this.#templateName(context)
    const pipe = this.#pipelines.parse(context, 'rightDelim')
    this.#body(name, context)
    return templateNode(position, name, pipe)
  }

  #template(): Statement {
    const context = 'template clause'
    const { position } = this.#tokens.peekNonSpace()
    const name = this.#templateName(context)
    if (this.#tokens.nextNonSpace().type === 'rightDelim') return templateNode(position, name, undefined)
    this.#tokens.backup()
    return templateNode(position, name, this.#pipelines.parse(context, 'rightDelim'))
  }

  #templateName(context: string): string {
    const token = this.#tokens.nextNonSpace()
    if (token.type !== 'string' && token.type !== 'rawString') this.#tokens.unexpected(token, context)
    return this.#pipelines.unquote(token)
  }
}

function listNode(position: number, statements: readonly Statement[]): ListNode {
  return { type: 'list', position, source: joinSources(statements, ''), statements }
}

function templateNode(position: number, name: string, pipe: PipeNode | undefined): Statement {
  const source = `{{template ${goQuote(name)}${pipe === undefined ? '' : ` ${pipe.source}`}}}`
  return { type: 'template', position, source, name, pipe }
}

function isListEnd(statement: Statement | ListEnd): statement is ListEnd {
  return statement.type === 'end' || statement.type === 'else'
}

/** Whether a body consists of space only. Go allows such a body to be redefined. */
function isBlank({ statements }: ListNode): boolean {
  return statements.every((statement) => statement.type === 'text' && statement.source.trim() === '')
}
