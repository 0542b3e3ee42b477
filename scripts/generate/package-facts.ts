import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The root directory of the repository. */
export const ROOT = join(import.meta.dirname, '../..')

/** The part of package.json that generated files depend on. */
export interface PackageFacts {
  readonly name: string
  readonly version: string
  readonly oclif: {
    readonly commands: { readonly strategy: 'pattern'; readonly target: string }
    readonly topics: Readonly<Record<string, { readonly description: string; readonly hidden?: boolean }>>
  }
}

export function packageFacts(): PackageFacts {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
}
