import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { combinations } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'
import { SearchIndex } from '../../support/search-index.ts'

const image = (name: string, stars: number, official = false) => ({
  name,
  description: `What ${name} is for, in a sentence that is longer than a table is wide`,
  star_count: stars,
  is_official: official,
  is_automated: false,
})

const docker = combinations().filter(({ engine }) => engine.kind !== 'podman')
describe.each(docker)('$program.name on $engine.name', ({ program, engine }) => {
  const index = new SearchIndex([image('box', 100, true), image('team/box', 7), image('other/thing', 3)])
  let shell: Shell
  let host = ''
  beforeAll(async () => {
    shell = await Shell.open(program, { socket: engine.socket })
    host = await index.listen()
  })
  afterEach(() => {
    index.failure = undefined
  })
  afterAll(async () => {
    await shell.close()
    await index.close()
  })

  test('searches the registry that the term names', async () => {
    expect(await shell.succeed(`tug search ${host}/box`)).toBe(
      [
        'NAME       DESCRIPTION                                     STARS     OFFICIAL',
        'box        What box is for, in a sentence that is longe…   100       [OK]',
        'team/box   What team/box is for, in a sentence that is …   7         ',
        '',
      ].join('\n'),
    )
    expect(index.requests.at(-1)).toMatch(/^\/v1\/search\?(n=25&)?q=box/)
  })

  test('honors --no-trunc, --limit, --filter and --format', async () => {
    const names = (flags: string) => shell.succeed(`tug search --format '{{.Name}} {{.StarCount}}' ${flags} ${host}/o`)
    expect(await names('')).toBe('box 100\nteam/box 7\nother/thing 3\n')
    expect(await names('--limit 1')).toBe('box 100\n')
    expect(index.requests.at(-1)).toContain('n=1')
    expect(await names('--filter stars=5')).toBe('box 100\nteam/box 7\n')
    expect(await names('-f is-official=true')).toBe('box 100\n')
    expect(await names('-f is-official=false -f stars=5')).toBe('team/box 7\n')
    expect(await shell.succeed(`tug search --no-trunc ${host}/other`)).toContain('longer than a table is wide ')
    expect(JSON.parse(await shell.succeed(`tug search --format json ${host}/team`))).toMatchObject({
      Name: 'team/box',
      IsOfficial: 'false',
      StarCount: '7',
    })
    expect(await shell.run(`tug search --format '{{.Name}}' ${host}/nothing-like-this`)).toEqual({
      stdout: '',
      stderr: '',
      exitCode: 0,
    })
  })

  test('reports errors of the engine and the registry', async () => {
    expect(await shell.run(`tug search --limit 101 ${host}/o`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error response from daemon: .*(limit|Limit) 101/),
    })
    expect(await shell.run(`tug search -f bogus=1 ${host}/o`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error response from daemon: .*bogus/i),
    })
    for (const status of [401, 403, 429, 500]) {
      index.failure = { status, body: '{}' }
      expect(await shell.run(`tug search ${host}/o`), String(status)).toMatchObject({ exitCode: 1, stdout: '' })
    }
  })

  test('sends the stored credentials', async () => {
    const auth = Buffer.from('me:sesame').toString('base64')
    const variable = JSON.stringify({ auths: { [host]: { auth } } })
    await shell.succeed(`DOCKER_AUTH_CONFIG='${variable}' tug search ${host}/box`)
    expect(index.credentials.at(-1)).toBe('me:sesame')
  })
})
