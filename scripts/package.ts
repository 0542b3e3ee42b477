import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { ROOT } from './generate/package-facts.ts'
import { type PackagedFile, requiredGlibc, writeDebianPackage } from './package/debian.ts'
import { executableFor } from './package/executables.ts'
import { packMain, packPlatform } from './package/npm-packages.ts'
import { PLATFORMS, type Platform } from './package/platforms.ts'

/**
 * Makes what is published, in `dist/packages`: the npm package, an npm package with the executable for each platform,
 * Debian packages, and their SHA-256 sums. It needs a build (`npm run package` makes one) and writes to nothing else.
 * `--output DIRECTORY` names another directory, `--platform NAME` (may be repeated) fewer platforms.
 */
const { values } = parseArgs({
  options: {
    output: { type: 'string', default: join(ROOT, 'dist/packages') },
    platform: { type: 'string', multiple: true },
  },
})
const output = resolve(values.output)
const facts = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const date = releaseDate(facts.version)
const platforms = PLATFORMS.filter(({ name }) => values.platform?.includes(name) ?? true)

rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })
const work = mkdtempSync(join(output, '.work-'))
try {
  packMain(facts, join(work, 'tug'), output)
  for (const platform of platforms) await packageFor(platform)
} finally {
  rmSync(work, { recursive: true })
}
writeSums()
for (const name of readdirSync(output)) console.log(join(output, name))

async function packageFor(platform: Platform): Promise<void> {
  const executable = executableFor(platform, work)
  packPlatform(platform, executable, facts, join(work, platform.name), output)
  const { debian: architecture } = platform
  if (architecture === undefined) return
  await writeDebianPackage(join(output, `tug_${facts.version}_${architecture}.deb`), {
    version: facts.version,
    architecture,
    description: 'Docker-compatible command line',
    date,
    depends: `libc6 (>= ${requiredGlibc(executable)})`,
    files: [{ path: 'usr/bin/tug', contents: readFileSync(executable), mode: 0o755 }, ...sharedFiles()],
  })
}

/** Returns the files that the Debian packages of all architectures have: documentation and completion scripts. */
function sharedFiles(): PackagedFile[] {
  const file = (path: string, contents: Uint8Array): PackagedFile => ({ path, contents, mode: 0o644 })
  const read = (name: string) => readFileSync(join(ROOT, name))
  const manPages = globSync('dist/man/*.1', { cwd: ROOT }).sort()
  return [
    file('usr/share/bash-completion/completions/tug', completionScript('bash')),
    file('usr/share/zsh/vendor-completions/_tug', completionScript('zsh')),
    file('usr/share/fish/vendor_completions.d/tug.fish', completionScript('fish')),
    file('usr/share/doc/tug/copyright', read('LICENSE')),
    file('usr/share/doc/tug/changelog.gz', gzipSync(read('CHANGELOG.md'), { level: 9 })),
    ...manPages.map((page) => file(`usr/share/man/man1/${basename(page)}.gz`, gzipSync(read(page), { level: 9 }))),
  ]
}

function completionScript(shell: string): Uint8Array {
  return execFileSync(join(ROOT, 'dist/tug'), ['completion', shell])
}

/**
 * Returns the date of a release from the first heading of CHANGELOG.md, `## 1.2.3 (2026-01-31)`.
 * @throws Error when the heading has another version or no date
 */
function releaseDate(version: string): Date {
  const [, heading = ''] = /^## (.*)$/m.exec(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')) ?? []
  const [, released, date = ''] = /^(\S+) \((\d{4}-\d\d-\d\d)\)$/.exec(heading) ?? []
  if (released === version) return new Date(date)
  throw new Error(`CHANGELOG.md begins with "${heading}"; a release needs "${version} (YYYY-MM-DD)"`)
}

/** Writes the sums in the form that `sha256sum --check` reads. */
function writeSums(): void {
  const file = join(output, 'SHA256SUMS')
  if (existsSync(file)) rmSync(file)
  const lines = readdirSync(output).map((name) => {
    const digest = createHash('sha256').update(readFileSync(join(output, name)))
    return `${digest.digest('hex')}  ${name}\n`
  })
  writeFileSync(file, lines.join(''))
}
