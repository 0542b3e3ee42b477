import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseIgnoreRules } from '../../../src/builder/context/ignore.ts'
import { listContext } from '../../../src/builder/context/list.ts'
import { formatLargeContextHint } from '../../../src/builder/context/report.ts'
import { formatContextReport } from '../../../src/builder/context/show-context.ts'
import { cases as classicCases, type IgnoreCase, makeIgnoreTree } from './ignore-tree.ts'

const buildKitCases: readonly IgnoreCase[] = JSON.parse(
  readFileSync(new URL('golden/dockerignore-buildkit.json', import.meta.url), 'utf8'),
)

let root: string
let everything: string[]

beforeAll(() => {
  root = makeIgnoreTree()
  writeFileSync(join(root, '.dockerignore'), '')
  everything = listed('', 'buildkit').sent
})

afterAll(() => rmSync(root, { recursive: true }))

function listed(ignore: string, builder: 'buildkit' | 'classic', dockerfile = 'Dockerfile') {
  writeFileSync(join(root, '.dockerignore'), ignore)
  const { sent, excluded } = listContext({ root, rules: parseIgnoreRules(ignore), builder, dockerfile })
  return { sent: sent.map(({ path }) => path).sort(), excluded }
}

function filesIn({ sent = [] }: IgnoreCase): string[] {
  return sent.filter((path) => !path.endsWith('/')).sort()
}

describe('--show-context lists the files that docker sends', () => {
  test.each(buildKitCases.filter(({ sent }) => sent))('to BuildKit: $ignore', (ignoreCase) => {
    expect(listed(ignoreCase.ignore, 'buildkit').sent).toEqual(filesIn(ignoreCase))
  })

  test.each(classicCases.filter(({ sent }) => sent))('to the classic builder: $ignore $file', (ignoreCase) => {
    expect(listed(ignoreCase.ignore, 'classic', ignoreCase.file).sent).toEqual(filesIn(ignoreCase))
  })

  test.each(buildKitCases.filter(({ sent }) => sent))('and all other files are excluded by a pattern: $ignore', ({
    ignore,
  }) => {
    const { sent, excluded } = listed(ignore, 'buildkit')
    const isLeftOut = (path: string) =>
      excluded.some((each) => (each.isDirectory ? path.startsWith(`${each.path}/`) : path === each.path))
    expect([...sent, ...everything.filter(isLeftOut)].sort()).toEqual(everything)
    for (const { rule } of excluded) expect(ignore.split('\n')[rule.line - 1]?.trim()).toBe(rule.text)
  })
})

describe('--show-context', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tug-shown-'))
  mkdirSync(join(directory, 'src'))
  mkdirSync(join(directory, 'node_modules/a'), { recursive: true })
  writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch\n')
  writeFileSync(join(directory, 'src/a.js'), 'x'.repeat(5000))
  writeFileSync(join(directory, 'src/a.log'), 'x'.repeat(70))
  writeFileSync(join(directory, 'node_modules/a/b'), 'x'.repeat(12_345))
  writeFileSync(join(directory, 'tab\tbed'), '')
  writeFileSync(join(directory, '.dockerignore'), '# what is built\n\nnode_modules\n**/*.log\n')
  writeFileSync(join(directory, 'Dockerfile.dockerignore'), 'src\n')
  afterAll(() => rmSync(directory, { recursive: true }))

  test('prints one path a line off terminals', () => {
    const { text } = formatContextReport({ path: '.', file: '', cwd: directory, builder: 'classic' }, false)
    expect(text).toBe(
      [
        'sent\t5000\tsrc/a.js',
        'sent\t39\t.dockerignore',
        'sent\t13\tDockerfile',
        'sent\t4\tDockerfile.dockerignore',
        'sent\t0\t"tab\\tbed"',
        'excluded\t12345\tnode_modules/\t.dockerignore:3\tnode_modules',
        'excluded\t70\tsrc/a.log\t.dockerignore:4\t**/*.log',
        '',
      ].join('\n'),
    )
  })

  test("prints a summary on terminals; BuildKit reads the Dockerfile's own ignore file", () => {
    const { text } = formatContextReport({ path: '.', file: '', cwd: directory, builder: 'buildkit' }, true)
    expect(text).toBe(
      [
        '12.3kB  node_modules/a/b',
        '   39B  .dockerignore',
        '   13B  Dockerfile',
        '    4B  Dockerfile.dockerignore',
        '    0B  "tab\\tbed"',
        '5 files, 12.4kB, would be sent at most.',
        '',
        'Left out:',
        '5.07kB  src/  Dockerfile.dockerignore:1  src',
        '',
      ].join('\n'),
    )
  })

  test.each(['-', 'https://example.com/a.git', 'none'])('%s is not a directory', (path) => {
    expect(() => formatContextReport({ path, file: '', cwd: directory, builder: 'buildkit' }, false)).toThrow(
      /^ERROR: --show-context/,
    )
  })
})

describe('a large context', () => {
  const sent = [
    { path: 'node_modules/a', size: 200_000_000 },
    { path: 'node_modules/b', size: 50_000_000 },
    { path: '.git/pack', size: 30_000_000 },
    { path: 'video.mp4', size: 20_000_000 },
    { path: 'src/a.js', size: 4000 },
  ]

  test('names the largest directories', () => {
    expect(formatLargeContextHint(sent)).toBe(
      'the build context has 300MB, most of it in node_modules/ (250MB), .git/ (30MB), video.mp4 (20MB); ' +
        'list what the build does not need in .dockerignore; see --show-context',
    )
  })

  test('there is no note up to 100 MB', () => {
    expect(formatLargeContextHint(sent.slice(1, 4))).toBe('')
  })
})
