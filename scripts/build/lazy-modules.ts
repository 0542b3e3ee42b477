/**
 * Node's modules that the bundles load when one of their functions is called. In the executable, loading node:fs, node:path
 * and node:os takes a tenth of the time of `tug ps`, which needs none of them, and node:crypto takes a fifth.
 */
const LAZY = [
  ...['node:child_process', 'node:crypto', 'node:events', 'node:fs', 'node:net', 'node:os', 'node:path', 'node:stream'],
  ...['node:timers/promises', 'node:tls', 'node:zlib'],
]

const PREFIX = 'lazy '

/** The names of the modules that take the place of Node's. */
export const LAZY_NAME = new RegExp(`^${PREFIX}(${LAZY.join('|')})$`)

const IMPORT = new RegExp(`^import \\{([^}]*)\\} from '(${LAZY.join('|')})'$`, 'gm')

/** Lets a source import the functions of these modules from the ones that take their place. Constants stay as they are. */
export function withLazyImports(source: string): string {
  return source.replace(IMPORT, (_, list: string, name: string) => {
    const functions = functionsOf(name)
    const trimmed = list.split(',').map((member) => member.trim())
    const members = trimmed.filter((member) => member !== '' && !member.startsWith('type '))
    const isLazy = (member: string) => functions.includes(member.split(' ')[0] ?? '')
    const named = (names: readonly string[], module: string) => `import { ${names.join(', ')} } from '${module}'`
    const others = members.filter((member) => !isLazy(member))
    return [
      named(members.filter(isLazy), `${PREFIX}${name}`),
      ...(others.length > 0 ? [named(others, name)] : []),
    ].join(';')
  })
}

/** Returns the source of a module that takes the place of one of Node's. */
export function lazyModule(lazyName: string): string {
  const name = lazyName.slice(PREFIX.length)
  const load = `process.getBuiltinModule('${name}')`
  return functionsOf(name)
    .map((member) => `export const ${member} = (...args) => ${load}.${member}(...args)`)
    .join('\n')
}

/** Returns the names of a module's functions, without classes and functions that have members, such as realpathSync.native. */
function functionsOf(name: string): string[] {
  const members: object = process.getBuiltinModule(name) ?? {}
  const isPlain = (value: unknown) => typeof value === 'function' && Object.keys(value).length === 0
  return Object.entries(members).flatMap(([member, value]) => (/^[a-z]/.test(member) && isPlain(value) ? [member] : []))
}
