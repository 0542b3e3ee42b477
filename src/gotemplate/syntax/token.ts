/** What a piece of template text is. Keywords are tokens of their own word. */
export type TokenType =
  | 'error'
  | 'eof'
  | 'text'
  | 'leftDelim'
  | 'rightDelim'
  | 'space'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'field'
  | 'identifier'
  | 'leftParen'
  | 'rightParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'string'
  | 'variable'
  | 'dot'
  | Keyword

/** The words that are no field or function. */
export const KEYWORDS = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
] as const
type Keyword = (typeof KEYWORDS)[number]

export interface Token {
  readonly type: TokenType
  /** The source text; for an error, what is wrong. */
  readonly text: string
  /** Where it begins, in UTF-16 units. */
  readonly position: number
  /** The line it begins on, from 1. */
  readonly line: number
}
