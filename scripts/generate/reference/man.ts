import { packageFacts } from '../package-facts.ts'
import type { SourceCommand } from '../source-commands.ts'
import { type ExitCode, GENERAL } from './exit-codes.ts'
import { type CommandPage, commandPages, type FlagRow, type GroupPage, globalFlagRows, groupPages } from './page.ts'
import { type MarkdownTable, tablesOf } from './tables.ts'

/**
 * Returns the text of every man page in roff, by file name: `tug.1`, `tug-container.1`, `tug-container-run.1`, and
 * `tug-run.1` as a reference to it.
 * @param configuration the text of docs/configuration.md, whose tables tug.1 lists
 * @param date the date of the pages, YYYY-MM-DD
 */
export function manPages(
  commands: readonly SourceCommand[],
  configuration: string,
  date: string,
): Record<string, string> {
  const pages = commandPages(commands)
  const groups = groupPages(pages)
  const header = (name: string) => `.TH ${quoted(name.toUpperCase())} 1 ${date} ${quoted(`tug ${version()}`)}`
  const files: Record<string, string> = {
    'tug.1': lines([header('tug'), ...rootBody(groups, tablesOf(configuration))]),
  }
  for (const group of groups) {
    if (group.name !== '') files[fileOf(group.name)] = lines([header(pageName(group.name)), ...groupBody(group)])
  }
  for (const page of pages) {
    files[fileOf(page.name)] = lines([header(pageName(page.name)), ...commandBody(page)])
    for (const alias of page.aliases) files[fileOf(alias)] = `.so man1/${fileOf(page.name)}\n`
  }
  return files
}

function version(): string {
  return packageFacts().version
}

/** `container run` is described in `tug-container-run`. */
function pageName(name: string): string {
  return `tug-${name.replaceAll(' ', '-')}`
}

function fileOf(name: string): string {
  return `${pageName(name)}.1`
}

function rootBody(groups: readonly GroupPage[], tables: readonly MarkdownTable[]): string[] {
  return [
    ...section('NAME', ['tug \\- command line for containers, a drop\\-in replacement for docker']),
    ...section('SYNOPSIS', [`.B tug`, '[OPTIONS] COMMAND [ARG...]']),
    ...section('DESCRIPTION', [
      text(
        'tug controls a Docker Engine, Podman or another daemon with the same API. It takes the commands and flags of docker, prints the same output and returns the same exit codes. Each command has a page of its own: ',
      ),
      '.BR tug\\-run (1)',
      text('describes `tug run`.'),
    ]),
    ...section('OPTIONS', globalFlagRows().flatMap(flagLines)),
    '.SH COMMANDS',
    ...groups.flatMap(({ name, summary, commands }) => [
      `.SS ${quoted(name === '' ? summary : `${name}: ${summary}`)}`,
      ...commands.flatMap(commandLines),
    ]),
    ...tables.flatMap(({ title, rows }) => [
      `.SH ${quoted(title.toUpperCase())}`,
      ...rows.flatMap(([term = '', ...meaning]) => ['.TP', bold(term.replaceAll('`', '')), text(meaning.join(' '))]),
    ]),
    ...exitCodeSection(GENERAL),
  ]
}

function groupBody({ name, summary, commands }: GroupPage): string[] {
  return [
    ...section('NAME', [`${escaped(pageName(name))} \\- ${text(uncapitalized(summary))}`]),
    ...section('SYNOPSIS', [bold(`tug ${name}`), 'COMMAND']),
    ...section('COMMANDS', commands.flatMap(commandLines)),
    ...section('SEE ALSO', ['.BR tug (1)']),
  ]
}

function commandLines({ name, summary }: CommandPage): string[] {
  return ['.TP', `.BR ${escaped(pageName(name))} (1)`, text(summary)]
}

function commandBody(page: CommandPage): string[] {
  const names = [page.name, ...page.aliases].map((name) => escaped(pageName(name))).join(', ')
  const group = page.name.includes(' ') ? page.name.replace(/ .*/, '') : ''
  const aliases = page.aliases.map((alias) => `\`tug ${alias}\``).join(', ')
  return [
    ...section('NAME', [`${names} \\- ${text(uncapitalized(page.summary))}`]),
    ...section('SYNOPSIS', page.usage.flatMap(usageLines)),
    ...section('DESCRIPTION', [
      text(`${page.summary}.`),
      ...[page.details, aliases && `Also called ${aliases}.`, page.requirement].flatMap(paragraph),
    ]),
    ...(page.flags.length > 0 ? section('OPTIONS', page.flags.flatMap(flagLines)) : []),
    ...(page.examples.length > 0 ? section('EXAMPLES', page.examples.flatMap(exampleLines)) : []),
    ...exitCodeSection(page.exitCodes),
    ...section('SEE ALSO', [group === '' ? '.BR tug (1)' : `.BR ${escaped(pageName(group))} (1),\n.BR tug (1)`]),
  ]
}

/** Sets the program and the command in bold. */
function usageLines(usage: string, index: number): string[] {
  const [, words = '', operands = ''] = /^(tug(?: [a-z-]+)*) ?(.*)$/.exec(usage) ?? []
  return [...(index > 0 ? ['.br'] : []), bold(words), ...(operands === '' ? [] : [text(operands)])]
}

function flagLines({ names, type, defaultText, minApi, summary }: FlagRow): string[] {
  const terms = names.split(', ').map((name) => `\\fB${escaped(name)}\\fR`)
  const notes = [
    ...(defaultText === '' ? [] : [`Default: ${defaultText}.`]),
    ...(minApi === '' ? [] : [`Needs API version ${minApi} or newer.`]),
  ]
  const [first = '', ...rest] = summary.split('\n')
  return [
    '.TP',
    `${terms.join(', ')}${type === 'bool' ? '' : ` \\fI${escaped(type)}\\fR`}`,
    text(rest.length === 0 ? sentence(first) : first),
    ...rest.flatMap((line) => ['.br', text(line)]),
    ...(notes.length === 0 ? [] : [...(rest.length === 0 ? [] : ['.br']), text(notes.join(' '))]),
  ]
}

function exampleLines({ description, command }: CommandPage['examples'][number], index: number): string[] {
  return [...(index > 0 ? ['.PP'] : []), text(`${description}:`), '.PP', '.RS 4', '.nf', text(command), '.fi', '.RE']
}

function exitCodeSection(codes: readonly ExitCode[]): string[] {
  return section(
    'EXIT STATUS',
    codes.flatMap(({ codes: term, meaning }) => ['.TP', bold(term), text(sentence(meaning))]),
  )
}

function section(title: string, body: readonly string[]): string[] {
  return [`.SH ${quoted(title)}`, ...body]
}

function paragraph(content: string): string[] {
  return content === '' ? [] : ['.PP', ...content.split('\n').map(text)]
}

function sentence(content: string): string {
  return /\.\)?$/.test(content) ? content : `${content}.`
}

function uncapitalized(content: string): string {
  return content.charAt(0).toLowerCase() + content.slice(1)
}

function bold(content: string): string {
  return `\\fB${escaped(content)}\\fR`
}

/** Returns a text line: what Markdown sets as code becomes bold, and the line is not taken for a request. */
function text(content: string): string {
  const line = content
    .trim()
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? bold(part) : escaped(part)))
    .join('')
  return /^[.']/.test(line) ? `\\&${line}` : line
}

/**
 * Escapes what roff would read as its own: backslashes; quotes and hyphens, which it would make typographic; and
 * characters beyond ASCII, which not every formatter reads.
 */
function escaped(content: string): string {
  return content
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll(/[^\n -~]/gu, (char) => `\\[u${char.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}]`)
}

/** Returns a macro's argument. */
function quoted(content: string): string {
  return `"${escaped(content).replaceAll('"', '\\(dq')}"`
}

function lines(body: readonly string[]): string {
  return `${body.join('\n')}\n`
}
