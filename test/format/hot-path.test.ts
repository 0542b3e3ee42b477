import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const STATIC_IMPORT = /^(?:import|export) (?!type\b)[^;]*? from '([^']+)'/gms

/** Returns all modules that a module imports statically, directly or indirectly, and the module itself. */
function staticImports(module: URL, found = new Set<string>()): Set<string> {
  if (found.has(module.href)) return found
  found.add(module.href)
  for (const [, name = ''] of readFileSync(module, 'utf8').matchAll(STATIC_IMPORT)) {
    if (name.startsWith('.')) staticImports(new URL(name, module), found)
    else found.add(name)
  }
  return found
}

/** Returns the modules among the imports of a file in src/format that a plain list must not load, and all packages. */
function costlyImports(name: string): string[] {
  const modules = [...staticImports(new URL(`../../src/format/${name}`, import.meta.url))]
  return modules
    .map((module) => module.replace(/^file:.*\/src\//, ''))
    .filter((module) => !/^[a-z]+\/.*\.ts$/.test(module) || COSTLY.test(module))
}

const COSTLY = /^gotemplate\/|^format\/(?:templates|table\/color|table\/framed|views\/.*\bpretty)/

test.each([
  'views/container/list.ts',
  'views/image/list.ts',
  'views/system/version.ts',
  'views/system/event.ts',
  'inspect.ts',
])('%s loads neither templates nor colors nor frames before they are needed', (name) => {
  expect(costlyImports(name)).toEqual([])
})

// Without these, the test above would pass if a pattern or a name of a file were wrong.
test.each([
  ['templates/listing.ts', 'gotemplate/template.ts'],
  ['templates/listing.ts', 'format/templates/listing.ts'],
  ['views/container/pretty.ts', 'format/views/container/pretty.ts'],
  ['views/container/pretty.ts', 'format/table/color.ts'],
  ['views/container/pretty.ts', 'format/table/framed.ts'],
  ['views/container/pretty.ts', 'chalk'],
])('%s is known to load %s', (name, module) => {
  expect(costlyImports(name)).toContain(module)
})
