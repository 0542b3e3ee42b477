import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FlagError, parseArgv } from '../../../src/cli/argv/argv.ts'
import { bool, int, text, texts } from '../../../src/flags/flag.ts'

const set = {
  detach: bool({ char: 'd', summary: '' }),
  env: texts({ char: 'e', summary: '' }),
  interactive: bool({ char: 'i', summary: '' }),
  memory: text({ char: 'm', summary: '' }),
  network: text({ summary: '', aliases: ['net'] }),
  publish: texts({ char: 'p', summary: '' }),
  rm: bool({ summary: '' }),
  time: int({ summary: '', deprecation: 'use --timeout instead' }),
  tty: bool({ char: 't', summary: '' }),
}

/** Returns the values of the flags that were typed, and the positionals as `_`. */
function parse(argv: readonly string[], interspersed = true) {
  const parsed = parseArgv(argv, set, interspersed)
  const flags: Record<string, unknown> = parsed.flags
  return { ...Object.fromEntries([...parsed.typedFlags].map((name) => [name, flags[name]])), _: parsed.positionals }
}

describe('parseArgv', () => {
  it.each([
    { argv: ['-itd', 'x'], expected: { interactive: true, tty: true, detach: true, _: ['x'] } },
    { argv: ['-p80:80'], expected: { publish: ['80:80'], _: [] } },
    { argv: ['-p=80:80'], expected: { publish: ['80:80'], _: [] } },
    { argv: ['-p', '80:80'], expected: { publish: ['80:80'], _: [] } },
    { argv: ['--publish=80:80'], expected: { publish: ['80:80'], _: [] } },
    { argv: ['--publish', '80:80', '-p', '90:90'], expected: { publish: ['80:80', '90:90'], _: [] } },
    { argv: ['--rm=false', 'x'], expected: { rm: false, _: ['x'] } },
    { argv: ['--rm', 'false'], expected: { rm: true, _: ['false'] } },
    { argv: ['--tty=T'], expected: { tty: true, _: [] } },
    { argv: ['-t=0'], expected: { tty: false, _: [] } },
    { argv: ['-dt=false'], expected: { detach: true, tty: false, _: [] } },
    { argv: ['-e', 'FOO'], expected: { env: ['FOO'], _: [] } },
    { argv: ['--env=A=b=c'], expected: { env: ['A=b=c'], _: [] } },
    { argv: ['--env', ''], expected: { env: [''], _: [] } },
    { argv: ['-e', '-p'], expected: { env: ['-p'], _: [] } },
    { argv: ['--env', '--', 'x'], expected: { env: ['--'], _: ['x'] } },
    { argv: ['-m', '1g', '-m', '2g'], expected: { memory: '2g', _: [] } },
    { argv: ['-m='], expected: { memory: '=', _: [] } },
    { argv: ['--memory='], expected: { memory: '', _: [] } },
    { argv: ['--net', 'host'], expected: { network: 'host', _: [] } },
    { argv: ['a', '-d', 'b'], expected: { detach: true, _: ['a', 'b'] } },
    { argv: ['a', '--', '-d', '--'], expected: { _: ['a', '-d', '--'] } },
    { argv: ['-', ''], expected: { _: ['-', ''] } },
    { argv: ['--time', '0x10'], expected: { time: 16, _: [] } },
    { argv: ['--time', '-1'], expected: { time: -1, _: [] } },
    { argv: ['--time', '010'], expected: { time: 8, _: [] } },
    { argv: ['--time', '1_000'], expected: { time: 1000, _: [] } },
  ])('reads $argv', ({ argv, expected }) => {
    expect(parse(argv)).toEqual(expected)
  })

  it('stops at the first positional if flags after it belong to the container', () => {
    expect(parse(['-d', 'img', 'cmd', '-d', '--help', '--'], false)).toEqual({
      detach: true,
      _: ['img', 'cmd', '-d', '--help', '--'],
    })
  })

  it('recognizes --help anywhere among the flags', () => {
    expect(parseArgv(['--help'], set).helpRequested).toBe(true)
    expect(parseArgv(['x', '-d', '--help'], set).helpRequested).toBe(true)
    expect(parseArgv(['--help=false'], set).helpRequested).toBe(false)
    expect(parseArgv(['img', '--help'], set, false).helpRequested).toBe(false)
    expect(parseArgv(['-h'], set)).toMatchObject({
      helpRequested: true,
      notices: ['Flag shorthand -h has been deprecated, use --help'],
    })
  })

  it('reports a deprecated flag', () => {
    expect(parseArgv(['--time', '3'], set).notices).toEqual(['Flag --time has been deprecated, use --timeout instead'])
    expect(parseArgv([], set).notices).toEqual([])
  })

  // The messages are docker's.
  it.each([
    { argv: ['--foo'], message: 'unknown flag: --foo' },
    { argv: ['--foo=x'], message: 'unknown flag: --foo' },
    { argv: ['-xyz'], message: "unknown shorthand flag: 'x' in -xyz" },
    { argv: ['-dxy'], message: "unknown shorthand flag: 'x' in -xy" },
    { argv: ['-dé'], message: "unknown shorthand flag: 'Ã' in -é" },
    { argv: ['-e'], message: "flag needs an argument: 'e' in -e" },
    { argv: ['-de'], message: "flag needs an argument: 'e' in -e" },
    { argv: ['--env'], message: 'flag needs an argument: --env' },
    { argv: ['--=x'], message: 'bad flag syntax: --=x' },
    { argv: ['---x'], message: 'bad flag syntax: ---x' },
    {
      argv: ['--rm=maybe'],
      message: 'invalid argument "maybe" for "--rm" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    },
    {
      argv: ['-t='],
      message: "unknown shorthand flag: '=' in -=",
    },
    {
      argv: ['--time=x'],
      message: 'invalid argument "x" for "--time" flag: strconv.ParseInt: parsing "x": invalid syntax',
    },
    {
      argv: ['--time=9223372036854775808'],
      message:
        'invalid argument "9223372036854775808" for "--time" flag: strconv.ParseInt: parsing "9223372036854775808": value out of range',
    },
    {
      argv: ['--time=08'],
      message: 'invalid argument "08" for "--time" flag: strconv.ParseInt: parsing "08": invalid syntax',
    },
  ])('refuses $argv', ({ argv, message }) => {
    expect(() => parseArgv(argv, set)).toThrow(expect.objectContaining({ name: 'FlagError', message }))
  })

  it('keeps the order of thousands of positionals', () => {
    const ids = Array.from({ length: 5000 }, (_, i) => `id${i % 7}`)
    expect(parseArgv(['-d', ...ids, '--rm'], set).positionals).toEqual(ids)
  })
})

describe('parseArgv, for any input,', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.startsWith('-'))

  it('does not change words after `--`', () => {
    fc.assert(
      fc.property(fc.array(word), fc.array(fc.string()), (before, after) => {
        expect(parseArgv([...before, '--', ...after], set).positionals).toEqual([...before, ...after])
      }),
    )
  })

  it('reads the same value from all spellings', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const long = parse(['--memory', value])
        expect(parse([`--memory=${value}`])).toEqual(long)
        expect(parse(['-m', value])).toEqual(long)
        if (value !== '') expect(parse([`-m=${value}`])).toEqual(long)
        if (value !== '' && !(value.startsWith('=') && value.length > 1)) expect(parse([`-m${value}`])).toEqual(long)
      }),
    )
  })

  it('either parses argv or throws a FlagError', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom('-d', '-it', '--rm', '--', '-e', '--env=x'))),
        (argv) => {
          try {
            const { positionals } = parseArgv(argv, set)
            expect(positionals.every((positional) => argv.includes(positional))).toBe(true)
          } catch (error) {
            expect(error).toBeInstanceOf(FlagError)
          }
        },
      ),
    )
  })

  it('does not change words after the first positional of run', () => {
    fc.assert(
      fc.property(word, fc.array(fc.string()), (image, rest) => {
        expect(parseArgv(['-d', image, ...rest], set, false).positionals).toEqual([image, ...rest])
      }),
    )
  })
})
