import { parseCsvRecord } from '../go/csv.ts'
import type { Int64 } from '../go/int.ts'
import { splitKeyValue } from '../key-value.ts'
import { parseRamBytes } from '../size.ts'
import { compareVersions } from '../system/api-version.ts'

/** A mount as the Engine API has it. Empty fields are left out, as docker leaves them out. */
export interface Mount {
  Type: string
  Source?: string
  Target: string
  ReadOnly?: boolean
  Consistency?: string
  BindOptions?: BindOptions
  VolumeOptions?: VolumeOptions
  ImageOptions?: { Subpath?: string }
  TmpfsOptions?: { SizeBytes?: Int64; Mode?: number }
  ClusterOptions?: object
}

interface BindOptions {
  Propagation?: string
  NonRecursive?: boolean
  CreateMountpoint?: boolean
  ReadOnlyNonRecursive?: boolean
  ReadOnlyForceRecursive?: boolean
}

interface VolumeOptions {
  NoCopy?: boolean
  Labels?: Record<string, string>
  Subpath?: string
  DriverConfig?: VolumeDriver
}

interface VolumeDriver {
  Name?: string
  Options?: Record<string, string>
}

/** A parsed `--mount`, with the warnings that docker writes to stderr. */
export interface ParsedMount {
  readonly mount: Mount
  readonly warnings: readonly string[]
}

/** A mount under construction. */
interface Draft extends Mount {
  warnings: string[]
  VolumeOptions?: VolumeOptions & { DriverConfig: VolumeDriver }
}

/** The keys that may be used without a value; they are then `true`. */
const SWITCHES = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive', 'bind-create-src'])

/** The function that applies each key to the mount. `key` is as typed but in lower case, for messages. */
const SETTERS: Readonly<Record<string, (draft: Draft, value: string, key: string) => void>> = {
  type: (draft, value) => {
    draft.Type = value.toLowerCase()
  },
  source: (draft, value) => setText(draft, 'Source', value),
  target: (draft, value) => {
    draft.Target = value
  },
  readonly: (draft, value, key) => setTrue(draft, 'ReadOnly', parseBool(value, key)),
  consistency: (draft, value) => setText(draft, 'Consistency', value.toLowerCase()),
  'bind-propagation': (draft, value) => setText(bindOptions(draft), 'Propagation', value.toLowerCase()),
  'bind-nonrecursive': (draft, value, key) => setTrue(bindOptions(draft), 'NonRecursive', parseBool(value, key)),
  'bind-recursive': setRecursion,
  'bind-create-src': (draft, value, key) => setTrue(bindOptions(draft), 'CreateMountpoint', parseBool(value, key)),
  'volume-subpath': (draft, value) => setText(volumeOptions(draft), 'Subpath', value),
  'volume-nocopy': (draft, value, key) => setTrue(volumeOptions(draft), 'NoCopy', parseBool(value, key)),
  'volume-label': (draft, value) => addPair(volumeOptions(draft), 'Labels', value),
  'volume-driver': (draft, value) => setText(volumeOptions(draft).DriverConfig, 'Name', value),
  'volume-opt': (draft, value) => addPair(volumeOptions(draft).DriverConfig, 'Options', value),
  'image-subpath': (draft, value) => {
    draft.ImageOptions ??= {}
    setText(draft.ImageOptions, 'Subpath', value)
  },
  'tmpfs-size': (draft, value, key) => {
    draft.TmpfsOptions ??= {}
    setNumber(draft.TmpfsOptions, 'SizeBytes', parseSize(value, key))
  },
  'tmpfs-mode': (draft, value, key) => {
    draft.TmpfsOptions ??= {}
    setNumber(draft.TmpfsOptions, 'Mode', parseMode(value, key))
  },
}

const SYNONYMS: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
}

/**
 * Parses the value of `--mount`: one CSV record of `key=value` fields. A relative source stays as typed.
 * @throws Error with docker's reason
 */
export function parseMount(text: string): ParsedMount {
  const draft: Draft = { Type: 'volume', Target: '', warnings: [] }
  // docker 29's words for this and for blanks around keys; docker 28 reports EOF and an unexpected key.
  if (text.trim() === '') throw new Error('value is empty')
  for (const field of parseCsvRecord(text)) {
    const { key: typedKey, value } = splitKeyValue(field)
    const key = toLower(typedKey)
    if (key.trim() !== key) {
      throw new Error(`invalid option '${typedKey.trim()}' in '${field}': option should not have whitespace`)
    }
    if (value === undefined && !SWITCHES.has(key)) {
      throw new Error(`invalid field '${field}' must be a key=value pair`)
    }
    const setter = SETTERS[SYNONYMS[key] ?? key]
    if (!setter) throw new Error(`unexpected key '${key}' in '${field}'`)
    if (key === 'bind-nonrecursive' && value !== undefined) {
      draft.warnings.push('bind-nonrecursive is deprecated, use bind-recursive=disabled instead')
    }
    setter(draft, value ?? 'true', key)
  }
  checkMount(draft)
  const { warnings, ...mount } = draft
  return { mount, warnings }
}

/** The first API version with `bind-create-src`. Older daemons ignore it, and then miss the directory. */
const CREATES_SOURCE = '1.42'

/** Refuses mounts that the daemon does not support. @throws Error with docker's words for flags of newer API versions */
export function checkMountSupport(mounts: readonly Mount[], apiVersion: string): void {
  if (compareVersions(apiVersion, CREATES_SOURCE) >= 0) return
  if (mounts.every(({ BindOptions }) => BindOptions?.CreateMountpoint !== true)) return
  throw new Error(
    `"bind-create-src" requires API version ${CREATES_SOURCE}, but the Docker daemon API version is ${apiVersion}`,
  )
}

/** Lowers letters one by one, as Go does: JavaScript makes two characters of `İ`. */
function toLower(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase()
}

function checkMount(mount: Mount): void {
  if (mount.Type === '') throw new Error('type is required')
  if (mount.Target === '') throw new Error('target is required')
  const groups: [string, unknown][] = [
    ['volume', mount.VolumeOptions],
    ['bind', mount.BindOptions],
    ['image', mount.ImageOptions],
    ['tmpfs', mount.TmpfsOptions],
  ]
  for (const [type, options] of groups) {
    if (options && mount.Type !== type)
      throw new Error(`cannot mix '${type}-*' options with mount type '${mount.Type}'`)
  }
  checkRecursion(mount)
}

function checkRecursion({ BindOptions: bind, ReadOnly: readOnly }: Mount): void {
  const missingOption = (option: string, needed: string) =>
    new Error(`option 'bind-recursive=${option}' requires '${needed}' to be specified in conjunction`)
  if (bind?.ReadOnlyNonRecursive && !readOnly) throw missingOption('writable', 'readonly')
  if (bind?.ReadOnlyForceRecursive) {
    if (!readOnly) throw missingOption('readonly', 'readonly')
    if (bind.Propagation !== 'rprivate') throw missingOption('readonly', 'bind-propagation=rprivate')
  }
}

function setRecursion(draft: Draft, value: string, key: string): void {
  if (value === 'enabled') return
  if (value === 'disabled') bindOptions(draft).NonRecursive = true
  else if (value === 'writable') bindOptions(draft).ReadOnlyNonRecursive = true
  else if (value === 'readonly') bindOptions(draft).ReadOnlyForceRecursive = true
  else {
    throw new Error(`invalid value for ${key}: ${value} (must be "enabled", "disabled", "writable", or "readonly")`)
  }
}

function bindOptions(draft: Draft): BindOptions {
  draft.BindOptions ??= {}
  return draft.BindOptions
}

function volumeOptions(draft: Draft): NonNullable<Draft['VolumeOptions']> {
  draft.VolumeOptions ??= { DriverConfig: {} }
  return draft.VolumeOptions
}

/** Sets a string; an empty one is left out of the request. */
function setText<K extends string>(target: { [P in K]?: string }, key: K, value: string): void {
  if (value === '') delete target[key]
  else target[key] = value
}

/** Sets a number; zero is left out of the request. */
function setNumber<K extends string, N extends Int64>(target: { [P in K]?: N }, key: K, value: N): void {
  if (value === 0) delete target[key]
  else target[key] = value
}

/** Sets a boolean; false is left out of the request. */
function setTrue<K extends string>(target: { [P in K]?: boolean }, key: K, value: boolean): void {
  if (value) target[key] = true
  else delete target[key]
}

function addPair<K extends string>(target: { [P in K]?: Record<string, string> }, key: K, text: string): void {
  const pair = splitKeyValue(text)
  if (pair.key !== '') target[key] = { ...target[key], [pair.key]: pair.value ?? '' }
}

function parseBool(value: string, key: string): boolean {
  if (/^(1|t|T|TRUE|true|True)$/.test(value)) return true
  if (/^(0|f|F|FALSE|false|False)$/.test(value)) return false
  throw new Error(`invalid value for ${key}: ${value}`)
}

function parseSize(value: string, key: string): Int64 {
  try {
    return parseRamBytes(value)
  } catch {
    throw new Error(`invalid value for ${key}: ${value}`)
  }
}

/** Parses octal permission bits, at most 32 bits. */
function parseMode(value: string, key: string): number {
  const mode = /^[0-7]+$/.test(value) ? Number.parseInt(value, 8) : Number.NaN
  if (!(mode <= 0xffff_ffff)) throw new Error(`invalid value for ${key}: ${value}`)
  return mode
}
