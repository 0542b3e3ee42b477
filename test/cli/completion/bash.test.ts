import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bashScript } from '../../../src/cli/completion/scripts/bash.ts'

interface Case {
  /** The line up to the cursor, and the words that bash makes of it. */
  readonly line: string
  readonly broken: readonly string[]
  /** What tug responses. */
  readonly response: string
  /** What tug is asked. */
  readonly asked: readonly string[]
  /** What bash is given. */
  readonly reply: readonly string[]
  /** Whether bash wants a list to show. */
  readonly listed?: boolean
}

const cases: readonly Case[] = [
  { line: 'tug ru', broken: ['tug', 'ru'], response: 'run\tCreate\n:4\n', asked: ['ru'], reply: ['run'] },
  { line: 'tug rm ', broken: ['tug', 'rm', ''], response: 'a\nb\n:4\n', asked: ['rm', ''], reply: ['a', 'b'] },
  {
    line: 'tug rm b',
    broken: ['tug', 'rm', 'b'],
    response: 'a\nb1\nb2\n:4\n',
    asked: ['rm', 'b'],
    reply: ['b1', 'b2'],
  },
  {
    line: 'tug run --network=',
    broken: ['tug', 'run', '--network', '='],
    response: 'host\nnone\n:4\n',
    asked: ['run', '--network='],
    reply: ['host', 'none'],
  },
  {
    line: 'tug run --network=h',
    broken: ['tug', 'run', '--network', '=', 'h'],
    response: 'host\nnone\n:4\n',
    asked: ['run', '--network=h'],
    reply: ['host'],
  },
  {
    line: 'tug rmi localhost:5000/a',
    broken: ['tug', 'rmi', 'localhost', ':', '5000/a'],
    response: 'localhost:5000/a:1\nb:1\n:4\n',
    asked: ['rmi', 'localhost:5000/a'],
    reply: ['5000/a:1'],
  },
  {
    line: 'tug events -f type=c',
    broken: ['tug', 'events', '-f', 'type', '=', 'c'],
    response: 'type=container\ntype=config\n:4\n',
    asked: ['events', '-f', 'type=c'],
    reply: ['container', 'config'],
  },
  {
    line: 'tug rmi a:1  b',
    broken: ['tug', 'rmi', 'a', ':', '1', 'b'],
    response: 'b:2\n:4\n',
    asked: ['rmi', 'a:1', 'b'],
    reply: ['b:2'],
  },
  {
    line: "tug -c 'two words' r",
    broken: ['tug', '-c', "'two words'", 'r'],
    response: 'run\tx\n:4\n',
    asked: ['-c', 'two words', 'r'],
    reply: ['run'],
  },
  { line: 'tug x ', broken: ['tug', 'x', ''], response: 'a\n:1\n', asked: ['x', ''], reply: [] },
  { line: 'tug x ', broken: ['tug', 'x', ''], response: '', asked: ['x', ''], reply: [] },
  { line: 'tug x ', broken: ['tug', 'x', ''], response: 'a b\n:4\n', asked: ['x', ''], reply: ['a\\ b'] },
  {
    line: 'tug r',
    broken: ['tug', 'r'],
    response: `rm\tRemove\nrun\t${'long '.repeat(20)}\n:4\n`,
    asked: ['r'],
    listed: true,
    reply: ['rm   (Remove)', 'run  (long long long long long long lo…)'],
  },
]

describe('the script for bash', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-bash-'))
    await writeFile(join(directory, 'tug'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$ASKED"; cat "$RESPONSE"\n')
    await chmod(join(directory, 'tug'), 0o755)
    await writeFile(join(directory, 'completion'), bashScript('__complete'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test.each(cases)('$line ($response)', async ({ line, broken, response, asked, reply, listed = false }) => {
    const files = { ASKED: join(directory, 'asked'), RESPONSE: join(directory, 'response') }
    await writeFile(files.RESPONSE, response)
    const program = `
      compopt() { :; }
      source '${directory}/completion'
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1)) COMP_POINT=\${#COMP_LINE} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:' COLUMNS=40
      _tug
      for word in "\${COMPREPLY[@]}"; do printf "%s\\n" "$word"; done
      printf -- "--\\n"
      cat "$ASKED"`
    const { stdout } = await execa('bash', ['--norc', '-c', program, 'bash', ...broken], {
      env: { ...files, COMP_LINE: line, COMP_TYPE: listed ? '63' : '9', PATH: `${directory}:${process.env.PATH}` },
    })
    const [words = '', sent = ''] = `\n${stdout}`.split('\n--\n')
    expect(words.split('\n').slice(1)).toEqual(reply)
    expect(sent.split('\n')).toEqual(['__complete', ...asked])
  })
})
