import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Replaces package.json while `npm pack` reads it: `strip` before, `restore` after. The bundles in `dist` import only Node's
 * own modules, so the package declares no dependencies and no scripts, and installing tug runs none of the install scripts
 * of the packages that it is built from.
 */
const ROOT = join(import.meta.dirname, '..')
const FILE = join(ROOT, 'package.json')
/** The repository's package.json in the meantime. `node scripts/package.ts restore` restores it after an interrupted pack. */
const BACKUP = join(ROOT, '.package.json.kept')

/** The members of package.json that have an effect when the package is installed. */
const OMITTED = new Set([
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
  const members = Object.entries(JSON.parse(text)).filter(([name]) => !OMITTED.has(name))
  writeFileSync(BACKUP, text)
  replace(FILE, `${JSON.stringify(Object.fromEntries(members), undefined, 2)}\n`)
}

function restore(): void {
  if (existsSync(BACKUP)) renameSync(BACKUP, FILE)
}

/** Refuses `npm publish` of the directory, because npm would send the registry the restored package.json. */
function refuse(): never {
  console.error('Publish the tarball, not the directory: npm pack && npm publish ./tug-*.tgz')
  process.exit(1)
}

/** Replaces a file by a rename, so that it is complete at any moment. */
function replace(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
