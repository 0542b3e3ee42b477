// YAML documents, parsed with the package yaml and decoded as Go's yaml.v3 decodes them.
import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { goQuote } from '../go/quote.ts'
import { resolvePlain } from './scalar.ts'
import { isInteger, isSequence, NonStringMap, printGoSyntax, YamlFloat, type YamlMap, type YamlValue } from './value.ts'
import { describeYamlError, lineNumber } from './yaml-error.ts'

/** The tags of the YAML standard, as docker's messages abbreviate them. */
const STANDARD_TAG = /^tag:yaml\.org,2002:/

/**
 * Parses the first document of a YAML text.
 * @throws Error with docker's message for a syntax error, a repeated key or excessive aliases
 */
export function parseYaml(text: string): YamlValue {
  const document = firstDocument(text)
  if (!document?.contents) return null
  return new YamlDecoder(document.contents, text).decode(document.contents)
}

/** Matches what a YAML text must not contain unescaped. */
const CONTROL_CHARACTER = /[^\t\n\r\x20-\x7e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

function firstDocument(text: string): Document.Parsed | undefined {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, strict: true, prettyErrors: false })
  if (CONTROL_CHARACTER.test(text)) throw new Error('yaml: control characters are not allowed')
  try {
    for (const document of composer.compose(new Parser().parse(text))) {
      const [error] = document.errors
      if (error) throw new Error(describeYamlError(error, text))
      return document
    }
  } catch (error) {
    if (error instanceof RangeError) throw new Error('yaml: exceeded max depth of 10000', { cause: error })
    throw error
  }
  return undefined
}

/** The number of repeated keys of a mapping that an error lists. */
const MAX_REPORTED = 1000

/** Decodes the nodes of one document. */
class YamlDecoder {
  readonly #text: string
  readonly #targets = new Map<Node, Node>()
  /** The nodes with anchors that are being decoded. */
  readonly #open = new Set<Node>()
  #decoded = 0
  #decodedInAliases = 0
  #aliasDepth = 0

  constructor(root: Node, text: string) {
    this.#text = text
    this.#bindAliases(root, new Map())
  }

  decode(node: unknown): YamlValue {
    this.#count()
    if (isAlias(node)) return this.#decodeAlias(node)
    if (isMap(node)) return this.#decodeMap(node)
    if (isSeq(node)) return node.items.map((item) => this.decode(item))
    return isScalar(node) ? decodeScalar(node) : null
  }

  /** Refuses documents that repeat most of their content through aliases (yaml.v3 `decoder.unmarshal`). */
  #count(): void {
    this.#decoded++
    if (this.#aliasDepth > 0) this.#decodedInAliases++
    const isLarge = this.#decodedInAliases > 100 && this.#decoded > 1000
    if (isLarge && this.#decodedInAliases / this.#decoded > allowedAliasRatio(this.#decoded)) {
      throw new Error('yaml: document contains excessive aliasing')
    }
  }

  #decodeAlias(alias: Node): YamlValue {
    const target = this.#targets.get(alias)
    if (!target || !isAlias(alias)) return null
    if (this.#open.has(target)) throw new Error(`yaml: anchor '${alias.source}' value contains itself`)
    this.#open.add(target)
    this.#aliasDepth++
    const value = this.decode(target)
    this.#aliasDepth--
    this.#open.delete(target)
    return value
  }

  #decodeMap(node: YAMLMap): YamlMap | NonStringMap {
    this.#refuseRepeatedKeys(node)
    const map: YamlMap = new Map()
    let hasOtherKeys = false
    let merged: unknown
    for (const { key, value } of node.items) {
      if (isMergeKey(key)) {
        merged = value
        continue
      }
      const decodedKey = this.decode(key)
      const decoded = this.decode(value)
      if (typeof decodedKey === 'string') map.set(decodedKey, decoded)
      else if (decodedKey instanceof Map || isSequence(decodedKey)) {
        throw new Error(`yaml: invalid map key: ${printGoSyntax(decodedKey)}`)
      } else hasOtherKeys = true
    }
    if (merged !== undefined && merged !== null) this.#merge(map, merged)
    return hasOtherKeys ? new NonStringMap() : map
  }

  /** Adds the entries of `<<` that the mapping does not have. Of several mappings the first wins. */
  #merge(map: YamlMap, merged: unknown): void {
    for (const source of isSeq(merged) ? merged.items : [merged]) {
      const target = isAlias(source) ? this.#targets.get(source) : source
      if (!isMap(target)) throw new Error('yaml: map merge requires map or sequence of maps as the value')
      const entries = this.decode(source)
      if (!(entries instanceof Map)) continue
      for (const [key, value] of entries) if (!map.has(key)) map.set(key, value)
    }
  }

  #refuseRepeatedKeys({ items }: YAMLMap): void {
    const offsets = new Map<string, number>()
    const repeated: string[] = []
    for (const { key } of items) {
      if (!isScalar(key)) continue
      const name = sourceOf(key)
      const offset = key.range?.[0] ?? 0
      const first = offsets.get(name)
      if (first === undefined) offsets.set(name, offset)
      else if (repeated.length < MAX_REPORTED) repeated.push(this.#describeRepetition(name, offset, first))
    }
    if (repeated.length > 0) throw new Error(`yaml: unmarshal errors:\n${repeated.join('\n')}`)
  }

  #describeRepetition(name: string, offset: number, first: number): string {
    const [line, firstLine] = [offset, first].map((position) => lineNumber(this.#text, position))
    return `  line ${line}: mapping key ${goQuote(name)} already defined at line ${firstLine}`
  }

  /** Finds the node of each alias: the last one before it with its anchor. */
  #bindAliases(node: unknown, anchors: Map<string, Node>): void {
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (!target) throw new Error(`yaml: unknown anchor '${node.source}' referenced`)
      this.#targets.set(node, target)
      return
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) anchors.set(node.anchor, node)
    if (isSeq(node)) for (const item of node.items) this.#bindAliases(item, anchors)
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      this.#bindAliases(key, anchors)
      this.#bindAliases(value, anchors)
    }
  }
}

/** Returns which part of the decoded nodes may come from aliases: from 99% in small documents to 10% in large ones. */
function allowedAliasRatio(decoded: number): number {
  const [low, high] = [400_000, 4_000_000]
  if (decoded <= low) return 0.99
  return decoded >= high ? 0.1 : 0.99 - (0.89 * (decoded - low)) / (high - low)
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<'
}

function sourceOf(scalar: Scalar): string {
  return scalar.source ?? String(scalar.value ?? '')
}

/** @throws Error with docker's message for a tag that does not fit the value */
function decodeScalar(scalar: Scalar): YamlValue {
  const text = sourceOf(scalar)
  const tag = scalar.tag?.replace(STANDARD_TAG, '!!')
  if (tag === undefined || tag === '!') return scalar.type === 'PLAIN' ? resolvePlain(text) : text
  if (tag === '!!str') return text
  if (tag === '!!binary') return decodeBinary(text)
  const value = resolvePlain(text)
  if (tag === '!!float' && isInteger(value)) return new YamlFloat(Number(value))
  const resolved = tagOf(value)
  if (tag !== resolved && tag.startsWith('!!'))
    throw new Error(`yaml: cannot decode ${resolved} \`${text}\` as a ${tag}`)
  return value
}

function tagOf(value: YamlValue): string {
  if (value === null) return '!!null'
  if (typeof value === 'boolean') return '!!bool'
  if (isInteger(value)) return '!!int'
  if (value instanceof YamlFloat) return '!!float'
  return typeof value === 'string' ? '!!str' : '!!timestamp'
}

function decodeBinary(text: string): string {
  const packed = text.replaceAll(/\s/g, '')
  if (!/^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/.test(packed)) {
    throw new Error('yaml: !!binary value contains invalid base64 data')
  }
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
  return new TextDecoder().decode(bytes)
}
