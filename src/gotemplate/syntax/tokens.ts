import { goQuote } from '../../domain/go/quote.ts'
import { TemplateError } from '../error.ts'
import { lex } from './lex.ts'
import { KEYWORDS, type Token, type TokenType } from './token.ts'

/** The tokens of a template, with looking ahead and going back, and errors that name where they were met. */
export class TokenReader {
  readonly templateName: string
  /** The line the action at hand began on; 0 outside of actions. */
  protected actionLine = 0
  readonly #tokens: readonly Token[]
  #index = 0
  /** The farthest token looked at, whose line errors name. */
  #seen = 0

  constructor(source: string, templateName: string) {
    this.templateName = templateName
    this.#tokens = lex(source)
  }

  protected next(): Token {
    const token = this.#at(this.#index)
    this.#seen = Math.max(this.#seen, this.#index)
    this.#index++
    return token
  }

  protected peek(): Token {
    this.#seen = Math.max(this.#seen, this.#index)
    return this.#at(this.#index)
  }

  protected nextNonSpace(): Token {
    let token = this.next()
    while (token.type === 'space') token = this.next()
    return token
  }

  protected peekNonSpace(): Token {
    const token = this.nextNonSpace()
    this.backup()
    return token
  }

  protected backup(count = 1): void {
    this.#index -= count
  }

  /** Whether a `{{define` comes next, which is then read. */
  protected isDefine(): boolean {
    const start = this.#index
    this.next()
    if (this.nextNonSpace().type === 'define') return true
    this.#index = start
    return false
  }

  protected expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace()
    return token.type === type ? token : this.unexpected(token, context)
  }

  protected unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${described(token)} in ${context}`)
    if (this.actionLine === 0 || this.actionLine === token.line) return this.fail(token.text)
    const where = `started at ${this.templateName}:${this.actionLine}`
    return this.fail(`${token.text}${token.text.endsWith(' action') ? '' : ' in action'} ${where}`)
  }

  protected fail(problem: string): never {
    throw new TemplateError(`template: ${this.templateName}:${this.#at(this.#seen).line}: ${problem}`)
  }

  /** The token at an index; what is behind the end is the end. */
  #at(index: number): Token {
    const token = this.#tokens[Math.min(index, this.#tokens.length - 1)]
    return token ?? { type: 'eof', text: '', position: 0, line: 1 }
  }
}

/** The sources of nodes, as Go prints lists of them. */
export function joined(nodes: readonly { readonly source: string }[], separator: string): string {
  return nodes.map(({ source }) => source).join(separator)
}

const NAMED_AS_KEYWORD: ReadonlySet<TokenType> = new Set([...KEYWORDS, 'dot'])

function described({ type, text }: Token): string {
  if (type === 'eof') return 'EOF'
  if (NAMED_AS_KEYWORD.has(type)) return `<${text}>`
  return text.length > 10 ? `${goQuote([...text].slice(0, 10).join(''))}...` : goQuote(text)
}
