import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dockerCommands } from '../../scripts/generate/docker-commands.ts'
import { exitCodesOf } from '../../scripts/generate/reference/exit-codes.ts'
import { manPages } from '../../scripts/generate/reference/man.ts'
import { referenceFiles } from '../../scripts/generate/reference/markdown.ts'
import { sourceCommands } from '../../scripts/generate/source-commands.ts'
import { committed } from '../../scripts/generate.ts'
import { pflags } from '../../src/cli/command.ts'
import { needTools } from '../support/engines/packages.ts'

const commands = (await sourceCommands()).filter(({ facts }) => !facts.hidden)
const pages = manPages(commands, committed('docs/configuration.md'), '2026-01-31')
const files = referenceFiles(commands, dockerCommands())
const hasGroff = await needTools(['groff'], () => {}).then(
  () => true,
  () => false,
)

/** Returns a man page as a terminal shows it, in lines of 80 columns, without bold and italics. */
function formatted(directory: string, name: string): string {
  const args = ['-man', '-Tutf8', '-P-cbou', '-ww', `-I${directory}`, join(directory, name)]
  const { stdout, stderr } = spawnSync('groff', args, { encoding: 'utf8', env: { ...process.env, GROFF_NO_SGR: '1' } })
  expect(stderr).toBe('')
  return stdout
}

describe.each(commands)('the reference of $id', ({ id, facts }) => {
  const page = files[`docs/reference/${id.replaceAll(':', '/')}.md`] ?? ''
  const man = pages[`tug-${id.replaceAll(':', '-')}.1`] ?? ''

  test('lists every visible flag once, and no hidden one', () => {
    for (const [name, flag] of Object.entries(pflags(facts.flags))) {
      const rows = page
        .split('\n')
        .filter((row) => row.startsWith('| `') && RegExp(`[ \`]--${name}[,\`]`).test(row.split('|')[1] ?? ''))
      expect(rows, name).toHaveLength(flag.hidden ? 0 : 1)
      expect(man.includes(`\\fB\\-\\-${name.replaceAll('-', '\\-')}\\fR`), name).toBe(!flag.hidden)
    }
  })

  test('has its examples and exit codes', () => {
    for (const { command } of facts.examples) expect(page).toContain(`\`\`\`sh\n${command}\n\`\`\`\n`)
    for (const { codes, meaning } of exitCodesOf(id, 'format' in facts.flags)) {
      expect(page).toContain(`| ${codes} | ${meaning} |\n`)
    }
  })

  test('has a man page under every name', () => {
    for (const alias of facts.aliases) {
      expect(pages[`tug-${alias.replaceAll(':', '-')}.1`]).toBe(`.so man1/tug-${id.replaceAll(':', '-')}.1\n`)
    }
  })
})

test.each(Object.keys(pages).filter((name) => !pages[name]?.startsWith('.so ')))('%s is as mandoc wants it', (name) => {
  const page = pages[name] ?? ''
  expect(page).toMatch(/^\.TH "[^"]+" 1 2026-01-31 "/)
  expect(page).not.toMatch(/^\.SH.*\n\.PP$/m)
})

test('tug.1 lists every command and environment variable', () => {
  const text = pages['tug.1'] ?? ''
  for (const { id } of commands) expect(text).toContain(`\n.BR tug\\-${id.replaceAll(/[:-]/g, '\\-')} (1)\n`)
  expect(text).toMatch(/\n\.SH "ENVIRONMENT VARIABLES"\n\.TP\n\\fBDOCKER_HOST\\fR\n/)
  expect(text).toContain('\n.SH "CONFIG.JSON"\n')
})

describe.skipIf(!hasGroff)('man pages in groff', () => {
  let directory = ''
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tug-man-'))
    for (const [name, text] of Object.entries(pages)) writeFileSync(join(directory, name), text)
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  test('have no errors or warnings', () => {
    const names = Object.keys(pages).filter((name) => !pages[name]?.startsWith('.so '))
    const paths = names.map((name) => join(directory, name))
    const { stderr, status } = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-z', ...paths], { encoding: 'utf8' })
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  })

  test('show flags, quotes and templates as they are typed', () => {
    const ps = formatted(directory, 'tug-container-ls.1')
    expect(ps).toMatch(/^TUG-CONTAINER-LS\(1\) /)
    expect(ps).toMatch(/ tug-container-ls, /)
    expect(ps).toMatch(/ tug-ps - list\s+containers\n/)
    expect(ps).toContain('-a, --all')
    expect(ps).toContain("           tug ps --format '{{.Names}}: {{.Status}}'\n")
    expect(ps).toMatch(/ 2026-01-31 /)
    const run = formatted(directory, 'tug-container-run.1')
    expect(run).toContain('           tug run --rm -v "$PWD":/work -w /work busybox wc -l app.py\n')
    expect(run).toMatch(/\n {7}126, 127\n/)
  })
})
