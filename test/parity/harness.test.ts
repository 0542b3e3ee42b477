import { describe, expect, test } from 'vitest'
import { json } from '../support/fake-replies.ts'
import type { ParityCase } from './case.ts'
import { asTug, comparable, differences } from './compare.ts'
import { runCase } from './run-case.ts'

/** A small client that lists containers with its arguments as the query, prints the ids and exits with code 3. */
const CLIENT = `
  const http = require('node:http')
  const socketPath = process.env.DOCKER_HOST.slice('unix://'.length)
  const path = '/v1.50/containers/json?' + process.argv.slice(1).join('&')
  http.get({ socketPath, path, headers: { 'User-Agent': String(Math.random()), 'X-Meta': 'm' } }, async (response) => {
    let text = ''
    for await (const chunk of response) text += chunk
    for (const { Id } of JSON.parse(text)) console.log(Id + ' from ' + socketPath)
    console.error('done')
    process.exitCode = 3
  })`
const client = [process.execPath, '-e', CLIENT]
const parityCase: ParityCase = { argv: ['b=2', 'a=1'], replies: { 'GET /containers/json': json([{ Id: 'x' }]) } }

describe('the parity harness', () => {
  test('records output, exit code and requests', async () => {
    expect(await runCase(client, parityCase)).toEqual({
      exit: 3,
      stdout: 'x from <dir>/docker.sock\n',
      stderr: 'done\n',
      wire: [
        {
          method: 'GET',
          path: '/containers/json',
          version: '1.50',
          query: { a: '1', b: '2' },
          headers: { 'x-meta': 'm' },
        },
      ],
    })
  })

  test.each([
    ['wire', { ...parityCase, argv: ['a=1', 'b=3'] }],
    ['stdout', { ...parityCase, replies: { 'GET /containers/json': json([{ Id: 'y' }]) } }],
  ])('finds a difference in %s', async (part, mutant) => {
    const [expected, actual] = await Promise.all([runCase(client, parityCase), runCase(client, mutant)])
    expect(differences(comparable(expected, parityCase), comparable(actual, parityCase))).toEqual([part])
  })

  test('ignores the order of parameters, nulls and the order of parallel requests', () => {
    const first = { method: 'POST', path: '/x', body: { A: 1, B: null } }
    const second = { method: 'POST', path: '/y' }
    const outcome = { exit: 0, stdout: '', stderr: '', wire: [first, second] }
    const other = { ...outcome, wire: [second, { ...first, body: { A: 1 } }] }
    expect(differences(comparable(outcome, parityCase), comparable(other, parityCase))).toEqual(['wire'])
    const parallel = { ...parityCase, parallel: true }
    expect(differences(comparable(outcome, parallel), comparable(other, parallel))).toEqual([])
  })

  test.each([
    [
      "Usage:  docker ps [OPTIONS]\n\nRun 'docker ps --help' for",
      "Usage:  tug ps [OPTIONS]\n\nRun 'tug ps --help' for",
    ],
    ["docker: 'docker ps' accepts no arguments", "tug: 'tug ps' accepts no arguments"],
    ['docker: unknown command: docker x', 'tug: unknown command: tug x'],
    ["docker: Error response from daemon: try 'docker login'", "tug: Error response from daemon: try 'docker login'"],
    ['pulled docker.io/library/docker: ok', 'pulled docker.io/library/docker: ok'],
  ])("replaces docker's name by tug's: %s", (docker, tug) => {
    expect(asTug(docker)).toBe(tug)
  })
})
