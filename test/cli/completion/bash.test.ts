import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bashScript } from '../../../src/cli/completion/scripts/bash.ts'

interface Case {
  /** The line up to the cursor, and the words that bash splits it into. */
  readonly line: string
  readonly split: readonly string[]
  /** The output of tug. */
  readonly output: string
  /** The arguments of tug. */
  readonly argv: readonly string[]
  /** The candidates that the script passes to bash. */
  readonly candidates: readonly string[]
  /** Whether bash lists the candidates instead of completing. */
  readonly isListed?: boolean
}

const cases: readonly Case[] = [
  { line: 'tug ru', split: ['tug', 'ru'], output: 'run\tCreate\n:4\n', argv: ['ru'], candidates: ['run'] },
  { line: 'tug rm ', split: ['tug', 'rm', ''], output: 'a\nb\n:4\n', argv: ['rm', ''], candidates: ['a', 'b'] },
  {
    line: 'tug rm b',
    split: ['tug', 'rm', 'b'],
    output: 'a\nb1\nb2\n:4\n',
    argv: ['rm', 'b'],
    candidates: ['b1', 'b2'],
  },
  {
    line: 'tug run --network=',
    split: ['tug', 'run', '--network', '='],
    output: 'host\nnone\n:4\n',
    argv: ['run', '--network='],
    candidates: ['host', 'none'],
  },
  {
    line: 'tug run --network=h',
    split: ['tug', 'run', '--network', '=', 'h'],
    output: 'host\nnone\n:4\n',
    argv: ['run', '--network=h'],
    candidates: ['host'],
  },
  {
    line: 'tug rmi localhost:5000/a',
    split: ['tug', 'rmi', 'localhost', ':', '5000/a'],
    output: 'localhost:5000/a:1\nb:1\n:4\n',
    argv: ['rmi', 'localhost:5000/a'],
    candidates: ['5000/a:1'],
  },
  {
    line: 'tug events -f type=c',
    split: ['tug', 'events', '-f', 'type', '=', 'c'],
    output: 'type=container\ntype=config\n:4\n',
    argv: ['events', '-f', 'type=c'],
    candidates: ['container', 'config'],
  },
  {
    line: 'tug rmi a:1  b',
    split: ['tug', 'rmi', 'a', ':', '1', 'b'],
    output: 'b:2\n:4\n',
    argv: ['rmi', 'a:1', 'b'],
    candidates: ['b:2'],
  },
  {
    line: "tug -c 'two words' r",
    split: ['tug', '-c', "'two words'", 'r'],
    output: 'run\tx\n:4\n',
    argv: ['-c', 'two words', 'r'],
    candidates: ['run'],
  },
  { line: 'tug x ', split: ['tug', 'x', ''], output: 'a\n:1\n', argv: ['x', ''], candidates: [] },
  { line: 'tug x ', split: ['tug', 'x', ''], output: '', argv: ['x', ''], candidates: [] },
  { line: 'tug x ', split: ['tug', 'x', ''], output: 'a b\n:4\n', argv: ['x', ''], candidates: ['a\\ b'] },
  {
    line: 'tug r',
    split: ['tug', 'r'],
    output: `rm\tRemove\nrun\t${'long '.repeat(20)}\n:4\n`,
    argv: ['r'],
    isListed: true,
    candidates: ['rm   (Remove)', 'run  (long long long long long long lo…)'],
  },
]

describe('the completion script for bash', () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-bash-'))
    await writeFile(join(directory, 'tug'), '#!/bin/sh\nprintf "%s\\n" "$@" > "$ARGV"; cat "$OUTPUT"\n')
    await chmod(join(directory, 'tug'), 0o755)
    await writeFile(join(directory, 'completion'), bashScript('__complete', 'tug'))
  })
  afterAll(() => rm(directory, { recursive: true }))

  test.each(cases)('completes $line with $output', async ({
    line,
    split,
    output,
    argv,
    candidates,
    isListed = false,
  }) => {
    const files = { ARGV: join(directory, 'argv'), OUTPUT: join(directory, 'output') }
    await writeFile(files.OUTPUT, output)
    const program = `
      compopt() { :; }
      source '${directory}/completion'
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1)) COMP_POINT=\${#COMP_LINE} COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:' COLUMNS=40
      _tug
      for word in "\${COMPREPLY[@]}"; do printf "%s\\n" "$word"; done
      printf -- "--\\n"
      cat "$ARGV"`
    const { stdout } = await execa('bash', ['--norc', '-c', program, 'bash', ...split], {
      env: { ...files, COMP_LINE: line, COMP_TYPE: isListed ? '63' : '9', PATH: `${directory}:${process.env.PATH}` },
    })
    const [words = '', sent = ''] = `\n${stdout}`.split('\n--\n')
    expect(words.split('\n').slice(1)).toEqual(candidates)
    expect(sent.split('\n')).toEqual(['__complete', ...argv])
  })
})
