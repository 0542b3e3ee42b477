import fc from 'fast-check'

/** The fields that generated templates use. */
export interface Vocabulary {
  readonly fields: readonly string[]
}

/** Fields of `ps`, and some that do not exist. */
export const PS_WORDS: Vocabulary = {
  fields: [
    '.ID',
    '.Names',
    '.Image',
    '.Command',
    '.State',
    '.Status',
    '.Size',
    '.Labels',
    '.Ports',
    '.Platform',
    '.Nope',
  ],
}

/** Fields of an inspected container, with Go's names and JSON's, and some that do not exist. */
export const INSPECT_WORDS: Vocabulary = {
  fields: [
    '.Id',
    '.ID',
    '.Name',
    '.State',
    '.State.Pid',
    '.State.Running',
    '.State.Health',
    '.State.Nope',
    '.Config.Env',
    '.Config.Cmd',
    '.Config.Labels',
    '.Config.Labels.maintainer',
    '.Config.Healthcheck.Interval',
    '.RestartCount',
    '.HostConfig.NanoCpus',
    '.HostConfig.RestartPolicy',
    '.HostConfig.NetworkMode',
    '.HostConfig.NetworkMode.IsBridge',
    '.NetworkSettings.Ports',
    '.NetworkSettings.Networks',
    '.NetworkSettings.IPAddress',
    '.Mounts',
    '.Args',
    '.SizeRw',
    '.Nope',
  ],
}

const FUNCTIONS = [
  'and',
  'or',
  'not',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
  'len',
  'index',
  'slice',
  'print',
  'println',
  'html',
  'js',
  'urlquery',
  'call',
  'json',
  'split',
  'join',
  'lower',
  'upper',
  'title',
  'pad',
  'truncate',
]

const LITERALS = [
  '"a"',
  '"A b"',
  '""',
  '"日本"',
  '"\\t<&>"',
  '`raw`',
  "'x'",
  '0',
  '1',
  '2',
  '-3',
  '1.5',
  '1e3',
  '0x1F',
  '1_000',
  '2i',
  'true',
  'false',
  'nil',
]

const VERBS = [
  '%v',
  '%s',
  '%d',
  '%q',
  '%x',
  '%T',
  '%t',
  '%c',
  '%U',
  '%e',
  '%g',
  '%5v',
  '%-5s',
  '%05d',
  '%.2s',
  '%+d',
  '%%',
  '%z',
]

const TEXTS = ['a', ' ', 'x y', '\\t', '日', '-', '"', "'", '{', '}', '|']

/** Generates templates that follow Go's grammar. Executing them may fail. */
export function templates({ fields }: Vocabulary): fc.Arbitrary<string> {
  const tie = fc.letrec<Record<'operand' | 'command' | 'pipeline' | 'item' | 'list', string>>((part) => ({
    operand: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'template' },
      { weight: 5, arbitrary: fc.constantFrom(...fields) },
      { weight: 4, arbitrary: fc.constantFrom(...LITERALS) },
      { weight: 1, arbitrary: fc.constantFrom('.', '$', '$x') },
      { weight: 2, arbitrary: part('pipeline').map((inner) => `(${inner})`) },
    ),
    command: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'template' },
      { weight: 3, arbitrary: part('operand') },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...FUNCTIONS), fc.array(part('operand'), { maxLength: 3 }))
          .map(([name, args]) => [name, ...args].join(' ')),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.array(fc.constantFrom(...VERBS), { minLength: 1, maxLength: 3 }),
            fc.array(part('operand'), { maxLength: 3 }),
          )
          .map(([verbs, args]) => ['printf', JSON.stringify(verbs.join('|')), ...args].join(' ')),
      },
    ),
    pipeline: fc.array(part('command'), { minLength: 1, maxLength: 2 }).map((commands) => commands.join(' | ')),
    item: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'template' },
      { weight: 3, arbitrary: part('pipeline').map((pipeline) => `{{${pipeline}}}`) },
      { weight: 2, arbitrary: fc.constantFrom(...TEXTS) },
      { weight: 1, arbitrary: part('pipeline').map((pipeline) => `{{- ${pipeline} -}}`) },
      { weight: 1, arbitrary: fc.constant('{{/* nothing */}}') },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('if', 'with', 'range'), part('pipeline'), part('list'), part('list'), fc.boolean())
          .map(
            ([word, pipeline, body, other, hasElse]) =>
              `{{${word} ${pipeline}}}${body}${hasElse ? `{{else}}${other}` : ''}{{end}}`,
          ),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(part('pipeline'), part('list'))
          .map(([pipeline, body]) => `{{range $i, $x := ${pipeline}}}${body}{{end}}`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom(':=', '='), part('pipeline'))
          .map(([sign, pipeline]) => (sign === ':=' ? `{{$x := ${pipeline}}}{{$x}}` : `{{$x = ${pipeline}}}`)),
      },
      { weight: 1, arbitrary: part('list').map((body) => `{{define "t"}}${body}{{end}}{{template "t" .}}`) },
      { weight: 1, arbitrary: fc.constantFrom('{{break}}', '{{continue}}') },
    ),
    list: fc.array(part('item'), { maxLength: 3 }).map((items) => items.join('')),
  }))
  return fc.array(tie.item, { minLength: 1, maxLength: 3 }).map((items) => items.join(''))
}

const SCRAPS = [
  '{{',
  '}}',
  '(',
  ')',
  '|',
  '.',
  '$',
  '$y',
  ' ',
  '"',
  '`',
  "'",
  '-',
  ':=',
  ',',
  'end',
  'else',
  'if',
  '/*',
  '*/',
  '\\n',
  '9',
  'i',
  '\u{1f600}',
]

/** Generates templates with parts deleted, repeated or inserted, most of which do not follow the grammar. */
export function mutated(words: Vocabulary): fc.Arbitrary<string> {
  const change = fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'insert'), fc.constantFrom(...SCRAPS))
  return fc.tuple(templates(words), fc.array(change, { minLength: 1, maxLength: 3 })).map(([template, changes]) =>
    changes.reduce((text, [at, kind, scrap]) => {
      const where = at % (text.length + 1)
      if (kind === 'drop') return text.slice(0, where) + text.slice(where + 1)
      if (kind === 'double') return text.slice(0, where) + text.slice(Math.max(0, where - 1))
      return text.slice(0, where) + scrap + text.slice(where)
    }, template),
  )
}
