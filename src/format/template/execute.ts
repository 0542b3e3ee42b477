import { goQuote } from '../../domain/quote.ts'
import type { AnyNode, BranchNode, ListNode, PipeNode, Statement } from './ast.ts'
import { TemplateError } from './error.ts'
import { Evaluator, typeName } from './evaluate.ts'
import type { Parsed } from './parse.ts'
import { printed } from './print.ts'
import type { ExecuteOptions } from './scope.ts'
import { ANY, followed, goInt, held, isTrue, NIL, opened, sortedEntries, type Value } from './value.ts'

const MAX_DEPTH = 100_000

/**
 * Executes a parsed template as Go's text/template does.
 * @throws TemplateError in Go's words, with what was written before it
 */
export function execute(parsed: Parsed, name: string, data: Value, options: ExecuteOptions): string {
  const executor = new Executor({ parsed, rootName: name, name, options, data, depth: 0 })
  const root = parsed.templates.get(name)
  try {
    if (root !== undefined) executor.list(data, root)
  } catch (error) {
    if (error instanceof TemplateError) error.written = executor.output()
    throw error
  }
  return executor.output()
}

/** The integers below one, made one by one: it may be a large one. */
function* counting(end: Extract<Value, { kind: 'int' | 'uint' }>): Generator<readonly [Value, Value]> {
  for (let value = 0n; value < end.value; value++) yield [NIL, { ...end, value }]
}

/** Leaves a loop's body. */
class Jump {
  readonly type: 'break' | 'continue'

  constructor(type: 'break' | 'continue') {
    this.type = type
  }
}

/** Executes statements, and keeps what they write. */
class Executor extends Evaluator {
  readonly #out: string[] = []

  output(): string {
    return this.#out.join('')
  }

  list(dot: Value, { statements }: ListNode): void {
    for (const statement of statements) this.#statement(dot, statement)
  }

  #statement(dot: Value, statement: Statement): void {
    this.node = statement
    switch (statement.type) {
      case 'text':
        this.#out.push(statement.source)
        break
      case 'action': {
        const value = this.pipe(dot, statement.pipe)
        if (statement.pipe.declares.length === 0) this.#print(statement, value)
        break
      }
      case 'break':
      case 'continue':
        throw new Jump(statement.type)
      case 'template':
        this.#template(dot, statement.name, statement.pipe)
        break
      case 'range':
        this.#range(dot, statement)
        break
      default:
        this.#ifOrWith(dot, statement)
    }
  }

  #print(node: AnyNode, value: Value): void {
    this.node = node
    const text = printed(value)
    if (text === undefined) this.fail(`can't print ${node.source} of type ${typeName(value)}`)
    this.#out.push(text)
  }

  #ifOrWith(dot: Value, { type, pipe, body, otherwise }: BranchNode): void {
    const known = this.variables.length
    const value = this.pipe(dot, pipe)
    if (isTrue(opened(value))) this.list(type === 'with' ? value : dot, body)
    else if (otherwise !== undefined) this.list(dot, otherwise)
    this.variables.length = known
  }

  #range(dot: Value, node: BranchNode): void {
    const known = this.variables.length
    const { value } = followed(this.pipe(dot, node.pipe))
    let isEmpty = true
    try {
      for (const [index, element] of this.#rounds(value, node)) {
        isEmpty = false
        this.#round(node, index, element)
      }
    } catch (jump) {
      if (!(jump instanceof Jump) || jump.type !== 'break') throw jump
    }
    if (isEmpty && node.otherwise !== undefined) this.list(dot, node.otherwise)
    this.variables.length = known
  }

  /** What a range goes over: pairs of index or key, and element. */
  #rounds(value: Value, node: BranchNode): Iterable<readonly [Value, Value]> {
    switch (value.kind) {
      case 'nil':
        return []
      case 'slice':
        return (value.items ?? []).map((item, index) => [goInt(index), held(value.type, item)])
      case 'map':
        return sortedEntries(value.entries).map(([key, item]) => [
          { kind: 'string', type: value.type.key ?? ANY, value: key },
          held(value.type, item),
        ])
      case 'int':
      case 'uint':
        if (node.pipe.declares.length > 1) {
          this.fail(`can't use ${value.value} to iterate over more than one variable`)
        }
        return counting(value)
      default:
        return this.fail(`range can't iterate over ${printed(value) ?? ''}`)
    }
  }

  #round({ pipe: { declares, assigns }, body }: BranchNode, index: Value, element: Value): void {
    const known = this.variables.length
    const [first, second] = declares
    if (assigns) {
      if (first !== undefined) this.assign(first, second === undefined ? element : index)
      if (second !== undefined) this.assign(second, element)
    } else if (first !== undefined) {
      this.setTop(1, element)
      if (second !== undefined) this.setTop(2, index)
    }
    try {
      this.list(element, body)
    } catch (jump) {
      if (!(jump instanceof Jump) || jump.type !== 'continue') throw jump
    }
    this.variables.length = known
  }

  #template(dot: Value, name: string, pipe: PipeNode | undefined): void {
    const root = this.execution.parsed.templates.get(name)
    if (root === undefined) this.fail(`template ${goQuote(name)} not defined`)
    if (this.execution.depth === MAX_DEPTH) this.fail(`exceeded maximum template depth (${MAX_DEPTH})`)
    const data = pipe === undefined ? NIL : this.pipe(dot, pipe)
    const state = new Executor({ ...this.execution, name, data, depth: this.execution.depth + 1 })
    try {
      state.list(data, root)
    } catch (error) {
      // JavaScript's stack ends before Go's limit does.
      if (error instanceof RangeError) this.fail(`exceeded maximum template depth (${MAX_DEPTH})`)
      throw error
    }
    this.#out.push(state.output())
  }
}
