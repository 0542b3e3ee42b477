import { describe, expect, test } from 'vitest'
import { versionView } from '../../../../src/format/views/system/version.ts'
import { CLIENT, DAEMONS } from '../../cases/version.ts'
import { flagsAndFormat, golden, type Response, responseOf } from '../../golden.ts'

describe.each(Object.entries(DAEMONS))('prints the versions as docker does with a daemon of %s', (name, daemon) => {
  test.each(golden(`version-${name}`).responses)('%s', async (title, docker) => {
    const { format } = flagsAndFormat(title)
    let problem: string | undefined
    const ours = await responseOf(async () => {
      const text = (await versionView(format)).render(CLIENT, daemon)
      problem = text.problem?.message
      return text.output
    })
    expect(problem === undefined ? ours : failed(ours, problem)).toEqual(docker)
  })
})

function failed(response: Response, problem: string): Response {
  return { ...response, stderr: `${problem}\n`, exitCode: 1 }
}

test('prints the client only if the request failed', async () => {
  const { output } = (await versionView('')).render({ ...CLIENT, apiVersion: '1.41' }, undefined)
  expect(output.split('\n').slice(0, 3)).toEqual([
    'Client:',
    ' Version:           28.2.2',
    ' API version:       1.41 (downgraded from 1.50)',
  ])
  expect(output).not.toContain('Server')
})

test('passes a nil server to a template if the request failed', async () => {
  const view = await versionView('{{.Client.Version}} {{.Server.Version}}')
  const { output, problem } = view.render(CLIENT, undefined)
  expect(output).toBe('28.2.2 \n')
  expect(problem?.message).toContain('nil pointer evaluating *types.Version.Version')
})
