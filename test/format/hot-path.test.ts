import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const STATIC_IMPORT = /^(?:import|export) (?!type\b)[^;]*? from '([^']+)'/gms

/** All modules that a module loads at once, itself included. */
function loaded(module: URL, seen = new Set<string>()): Set<string> {
  if (seen.has(module.href)) return seen
  seen.add(module.href)
  for (const [, name = ''] of readFileSync(module, 'utf8').matchAll(STATIC_IMPORT)) {
    if (name.startsWith('.')) loaded(new URL(name, module), seen)
    else seen.add(name)
  }
  return seen
}

test.each([
  'views/container/list.ts',
  'views/image/list.ts',
  'views/system/version.ts',
  'inspect.ts',
])('%s loads neither templates nor colors nor frames before they are needed', (name) => {
  const modules = [...loaded(new URL(`../../src/format/${name}`, import.meta.url))]
  expect(modules.filter((module) => !module.startsWith('file:'))).toEqual([])
  expect(modules.filter((module) => /\/(gotemplate|templates|color|framed|pretty)/.test(module))).toEqual([])
})
