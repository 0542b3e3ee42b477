import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Gives the npm package a package.json of its own while `npm pack` reads it: `strip` before, `restore` after.
 * The bundles in `dist` import nothing but Node's own modules, so the package declares no dependencies and has no scripts:
 * who installs tug runs none of the install scripts of the packages that it is built from.
 */
const ROOT = join(import.meta.dirname, '..')
const FILE = join(ROOT, 'package.json')
/** The repository's own package.json meanwhile; after an interrupted pack, `node scripts/package.ts restore` puts it back. */
const KEPT = join(ROOT, '.package.json.kept')

/** What npm would act on when somebody installs the package. */
const LEFT_OUT = new Set([
  ...['scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'],
  ...['peerDependenciesMeta', 'bundleDependencies', 'bundledDependencies', 'overrides'],
])

const [mode] = process.argv.slice(2)
if (mode === 'strip') strip()
else if (mode === 'restore') restore()
else if (mode === 'refuse') refuse()
else throw new Error(`package.ts takes strip, restore or refuse, not ${mode}`)

function strip(): void {
  restore()
  const text = readFileSync(FILE, 'utf8')
  const members = Object.entries(JSON.parse(text)).filter(([name]) => !LEFT_OUT.has(name))
  writeFileSync(KEPT, text)
  replace(FILE, `${JSON.stringify(Object.fromEntries(members), undefined, 2)}\n`)
}

function restore(): void {
  if (existsSync(KEPT)) renameSync(KEPT, FILE)
}

/** npm describes to the registry what is in the directory after it was packed, dependencies included. */
function refuse(): never {
  console.error('Publish what `npm pack` makes, not this directory: npm pack && npm publish ./tug-*.tgz')
  process.exit(1)
}

/** The file is whole at any moment. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
