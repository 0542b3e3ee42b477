import { expect, test } from 'vitest'
import { pflags } from '../../src/cli/command.ts'
import { allCommands } from '../../src/cli/dispatch.ts'
import { commandTable } from '../../src/command-table.ts'

/** Options as `docker 28.2.2 COMMAND --help` lists them: `-a, --all type`. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'container:ls': [
    '-a, --all',
    '-f, --filter filter',
    '--format string',
    '-n, --last int',
    '-l, --latest',
    '--no-trunc',
    '-q, --quiet',
    '-s, --size',
  ],
  'image:ls': [
    '-a, --all',
    '--digests',
    '-f, --filter filter',
    '--format string',
    '--no-trunc',
    '-q, --quiet',
    '--tree',
  ],
  'container:stop': ['-s, --signal string', '-t, --timeout int'],
  'container:kill': ['-s, --signal string'],
  'container:rm': ['-f, --force', '-l, --link', '-v, --volumes'],
  'image:rm': ['-f, --force', '--no-prune', '--platform strings'],
  'image:tag': [],
}

/** All names of a command, as its help lists them. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'container:ls': ['container:list', 'container:ps', 'ps'],
  'image:ls': ['image:list', 'images'],
  'container:stop': ['stop'],
  'container:kill': ['kill'],
  'container:rm': ['container:remove', 'rm'],
  'image:rm': ['image:remove', 'rmi'],
  'image:tag': ['tag'],
}

/** Flags that docker does not have (docs/kinder.md), or has in other commands only. */
const OWN = [
  '--all',
  '--check',
  '--dry-run',
  '--filter filter',
  '-F, --follow-name',
  '--format string',
  '--no-prefix',
  '--outdated',
  '--pick',
]

const entryOf = (id: string) => allCommands(commandTable).find((entry) => entry.id === id)

test.each(Object.entries(OPTIONS))("%s has the flags of docker, and no others but tug's own", async (id, options) => {
  const loaded = await entryOf(id)?.load()
  const shown = Object.entries(pflags(loaded?.default.flags ?? {}))
    .filter(([, flag]) => !flag.hidden)
    .map(([name, { char, valueType }]) => `${char ? `-${char}, ` : ''}--${name}${valueType && ` ${valueType}`}`)
  expect(shown.filter((line) => options.includes(line) || !OWN.includes(line)).toSorted()).toEqual(options.toSorted())
})

test.each(Object.entries(ALIASES))('%s has the names of docker', (id, aliases) => {
  expect(entryOf(id)?.aliases.toSorted()).toEqual(aliases.toSorted())
})

test('stop accepts --time, which docker hides since 28', async () => {
  const loaded = await entryOf('container:stop')?.load()
  const flags = pflags(loaded?.default.flags ?? {})
  const names = Object.entries(flags).flatMap(([name, { aliases = [] }]) => [name, ...aliases])
  expect(names).toContain('time')
})
