/** The nodes of a parsed template, as in Go's text/template/parse. */

interface Node {
  /** The offset of the node in the template's source, in UTF-16 units. */
  readonly position: number
  /** The node as Go prints it in errors. */
  readonly source: string
}

interface NumberNode extends Node {
  readonly type: 'number'
  /** The value as an integer; undefined when it is not one. */
  readonly integer: bigint | undefined
  readonly float: number
  /** The imaginary part of a complex number, whose real part is `float`; undefined for other numbers. */
  readonly imaginary?: number
}

/** A field or variable: `.A.B` has the names `A` and `B`, and `$x.A` has `$x` and `A`. */
export interface NamesNode extends Node {
  readonly type: 'field' | 'variable'
  readonly names: readonly string[]
}

/** The fields of an operand in parentheses or of a function: `(…).A`. */
interface ChainNode extends Node {
  readonly type: 'chain'
  readonly of: Operand
  readonly names: readonly string[]
}

export type Operand =
  | NumberNode
  | NamesNode
  | ChainNode
  | PipeNode
  | (Node & { readonly type: 'identifier'; readonly name: string })
  | (Node & { readonly type: 'dot' })
  | (Node & { readonly type: 'nil' })
  | (Node & { readonly type: 'bool'; readonly value: boolean })
  | (Node & { readonly type: 'string'; readonly value: string })

export interface CommandNode extends Node {
  readonly type: 'command'
  readonly operands: readonly [Operand, ...Operand[]]
}

export interface PipeNode extends Node {
  readonly type: 'pipe'
  /** The variables on the left of `:=`, or of `=` if `assigns` is set. */
  readonly declares: readonly NamesNode[]
  readonly assigns: boolean
  readonly commands: readonly CommandNode[]
}

export interface BranchNode extends Node {
  readonly type: 'if' | 'with' | 'range'
  readonly pipe: PipeNode
  readonly body: ListNode
  readonly otherwise: ListNode | undefined
}

export type Statement =
  | (Node & { readonly type: 'text' })
  | (Node & { readonly type: 'action'; readonly pipe: PipeNode })
  | (Node & { readonly type: 'break' | 'continue' })
  | (Node & { readonly type: 'template'; readonly name: string; readonly pipe: PipeNode | undefined })
  | BranchNode

export interface ListNode extends Node {
  readonly type: 'list'
  readonly statements: readonly Statement[]
}

/** Returns the sources of nodes as Go prints lists of them. */
export function joinSources(nodes: readonly Node[], separator: string): string {
  return nodes.map(({ source }) => source).join(separator)
}

export type AnyNode = Statement | ListNode | PipeNode | CommandNode | Operand
