import { describe, expect, test } from 'vitest'
import { json } from '../support/fake-replies.ts'
import type { ParityCase } from './case.ts'
import { asTug, comparable, differences } from './compare.ts'
import { runCase } from './run-case.ts'

/** A client in a few lines: asks for containers with the arguments as query, prints the ids, exits 3. */
const CLIENT = `
  const http = require('node:http')
  const socketPath = process.env.DOCKER_HOST.slice('unix://'.length)
  const path = '/v1.50/containers/json?' + process.argv.slice(1).join('&')
  http.get({ socketPath, path, headers: { 'User-Agent': String(Math.random()), 'X-Meta': 'm' } }, async (answer) => {
    let text = ''
    for await (const chunk of answer) text += chunk
    for (const { Id } of JSON.parse(text)) console.log(Id + ' from ' + socketPath)
    console.error('done')
    process.exitCode = 3
  })`
const client = [process.execPath, '-e', CLIENT]
const given: ParityCase = { argv: ['b=2', 'a=1'], replies: { 'GET /containers/json': json([{ Id: 'x' }]) } }

describe('the parity harness', () => {
  test('records what a script and a daemon see', async () => {
    expect(await runCase(client, given)).toEqual({
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
    ['wire', { ...given, argv: ['a=1', 'b=3'] }],
    ['stdout', { ...given, replies: { 'GET /containers/json': json([{ Id: 'y' }]) } }],
  ])('notices a difference in %s', async (part, mutant) => {
    const [expected, actual] = await Promise.all([runCase(client, given), runCase(client, mutant)])
    expect(differences(comparable(expected, given), comparable(actual, given))).toEqual([part])
  })

  test('does not mind the order of parameters, nulls and parallel requests', () => {
    const first = { method: 'POST', path: '/x', body: { A: 1, B: null } }
    const second = { method: 'POST', path: '/y' }
    const outcome = { exit: 0, stdout: '', stderr: '', wire: [first, second] }
    const other = { ...outcome, wire: [second, { ...first, body: { A: 1 } }] }
    expect(differences(comparable(outcome, given), comparable(other, given))).toEqual(['wire'])
    const parallel = { ...given, parallel: true }
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
  ])('calls the program by its name: %s', (docker, tug) => {
    expect(asTug(docker)).toBe(tug)
  })
})
