/** Where a node begins in the template's source, in UTF-16 units, and how Go prints it in error texts. */
interface Node {
  readonly position: number
  readonly source: string
}

interface NumberNode extends Node {
  readonly type: 'number'
  /** The value as an integer, if it is one. */
  readonly integer: bigint | undefined
  readonly float: number
  /** Only a complex number has one; then `float` is its real part. */
  readonly imaginary?: number
}

/** A name in a term: `.A.B` has the names A and B, `$x.A` has x (with its `$`) and A. */
export interface NamesNode extends Node {
  readonly type: 'field' | 'variable'
  readonly names: readonly string[]
}

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
  /** `$x := …`; with `assigns`, `$x = …`. */
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

export type AnyNode = Statement | ListNode | PipeNode | CommandNode | Operand
