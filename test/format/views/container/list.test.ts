import { describe, expect, test } from 'vitest'
import { containerView } from '../../../../src/format/views/container/list.ts'
import { CONTAINERS, TEMPLATE_ROWS } from '../../cases/lists.ts'
import { flagsAndFormat, golden, responseOf } from '../../golden.ts'

const plain = { format: '', quiet: false, noTrunc: false, size: false }

describe('lists containers as docker does', () => {
  const { recordedAt, responses } = golden('containers')
  test.each(responses)('%s', async (title, docker) => {
    const { flags, format } = flagsAndFormat(title)
    const options = {
      format,
      quiet: flags.includes('-q'),
      noTrunc: flags.includes('--no-trunc'),
      size: flags.includes('-s'),
    }
    const ours = await responseOf(async () => (await containerView(options)).render(CONTAINERS, recordedAt))
    expect(ours.stdout).toBe(docker.stdout)
    expect(ours.exitCode).toBe(docker.exitCode)
  })
})

describe('counts the ellipsis as two columns in an East Asian locale', () => {
  const { recordedAt, responses } = golden('containers-east-asian')
  test.each(responses)('%s', async (title, docker) => {
    const { format } = flagsAndFormat(title)
    const view = await containerView({ ...plain, format }, { eastAsian: true })
    expect(view.render(CONTAINERS, recordedAt)).toBe(docker.stdout)
  })
})

describe('executes templates as docker does, with the same errors', () => {
  const { recordedAt, responses } = golden('templates')
  test.each(responses)('%s', async (title, docker) => {
    const { format } = flagsAndFormat(title)
    const ours = await responseOf(async () =>
      (await containerView({ ...plain, format })).render(TEMPLATE_ROWS, recordedAt),
    )
    expect(ours).toEqual(docker)
  })
})

test('prints the header or nothing for an empty list', async () => {
  expect((await containerView(plain)).render([], new Date())).toBe(
    'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n',
  )
  expect((await containerView({ ...plain, quiet: true })).render([], new Date())).toBe('')
  expect((await containerView({ ...plain, format: '{{upper .ID}}' })).render([], new Date())).toBe('')
})

test.each([
  [{ ...plain }, false],
  [{ ...plain, size: true }, true],
  [{ ...plain, format: '{{.Size}}' }, true],
  [{ ...plain, format: '{{printf "%s" .Size}}' }, true],
  [{ ...plain, format: 'table {{.ID}}\\t{{upper .Size}}' }, true],
  [{ ...plain, format: '{{json .}}' }, true],
  [{ ...plain, format: '{{. | json}}' }, true],
  [{ ...plain, format: '{{if false}}{{.Size}}{{end}}' }, false],
  [{ ...plain, format: 'json' }, false],
  [{ ...plain, format: '{{.ID}}' }, false],
  [{ ...plain, format: '{{.Size}}', quiet: true }, false],
  [{ ...plain, format: '{{.Size}}', sizeGiven: true }, false],
])('requests sizes only if the output contains them: %o', async (options, needsSize) => {
  expect((await containerView(options)).needsSize).toBe(needsSize)
})

describe('{{.HealthStatus}}, which docker has since 29', () => {
  const rows = [
    { Id: 'a', Status: 'Up 2 minutes (healthy)' },
    { Id: 'b', Status: 'Up 2 minutes (unhealthy)' },
    { Id: 'c', Status: 'Up 1 second (health: starting)' },
    { Id: 'd', Status: 'Up 2 minutes (Paused)' },
    { Id: 'e', Status: 'Up 2 minutes', Health: { Status: 'none' } },
    { Id: 'f', Status: 'Created', Health: null },
  ]
  const render = async (format: string) => (await containerView({ ...plain, format })).render(rows, new Date())

  test.each([
    ['{{.ID}}={{.HealthStatus}}', 'a=healthy b=unhealthy c=starting d= e=none f='],
    ['{{.ID}}={{upper .HealthStatus}}', 'a=HEALTHY b=UNHEALTHY c=STARTING d= e=NONE f='],
  ])('%s', async (format, expected) => {
    expect((await render(format)).trimEnd().replaceAll('\n', ' ')).toBe(expected)
  })

  test.each([
    'table {{.ID}}\\t{{.HealthStatus}}',
    'table {{.ID}}\\t{{upper .HealthStatus}}',
  ])('%s has a header', async (format) => {
    expect(await render(format)).toMatch(/^CONTAINER ID +HEALTH STATUS\na +healthy\n/i)
  })

  test.each(['json', '{{json .}}'])('is not in the format %s, as in docker 28', async (format) => {
    expect(await render(format)).not.toContain('HealthStatus')
  })
})
