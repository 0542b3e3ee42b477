import { splitKeyValue } from '../key-value.ts'
import type { CredentialSpec, PlacementPreference } from './service.ts'

/**
 * Parses one `--placement-pref`, `spread=LABEL`.
 * @throws Error with docker's reason
 */
export function parsePlacementPreference(text: string): PlacementPreference {
  const { key: strategy, value } = splitKeyValue(text)
  if (value === undefined || strategy === '') {
    throw new Error('placement preference must be of the format "<strategy>=<arg>"')
  }
  if (strategy !== 'spread') {
    throw new Error(`unsupported placement preference ${strategy} (only spread is supported)`)
  }
  return { Spread: { SpreadDescriptor: value } }
}

/**
 * Parses `--credential-spec`: `config://NAME`, `file://NAME` or `registry://NAME`. Undefined for empty text.
 * @throws Error with docker's reason
 */
export function parseCredentialSpec(text: string): CredentialSpec | undefined {
  const none = { Config: '', File: '', Registry: '' }
  if (text === '') return undefined
  const [scheme = '', ...rest] = text.split('://')
  const name = rest.join('://')
  if (rest.length > 0 && scheme === 'config') return { ...none, Config: name }
  if (rest.length > 0 && scheme === 'file') return { ...none, File: name }
  if (rest.length > 0 && scheme === 'registry') return { ...none, Registry: name }
  throw new Error('invalid credential spec: value must be prefixed with "config://", "file://", or "registry://"')
}
