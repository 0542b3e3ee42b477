import { readdirSync, readFileSync } from 'node:fs'

/** The directory with Compose files, one for each property of the format. `NAME.override.yaml` overrides `NAME.yaml`. */
const CORPUS = new URL('compose/', import.meta.url)

const OVERRIDE = '.override.yaml'

/** The variables that the files use. */
export const composeVariables = { SET: 'set', EMPTY: '', NUMBER: '8080' }

/** The env file that the files name, relative to the directory that contains them. */
export const envFile = {
  name: 'properties/variables.env',
  text: '# a comment\nQ=1\nEMPTY=\nSET\nA=fromfile\nUNSET\n',
}

/** Returns the names of the Compose files, such as `ports/short`. */
export function composeNames(): string[] {
  const names = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.yaml') && !name.endsWith(OVERRIDE))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort()
}

/** Returns the content of the files of a name by their paths, in the order in which they are merged. */
export function composeFilesOf(name: string): Readonly<Record<string, string>> {
  const names = [`${name}.yaml`, `${name}${OVERRIDE}`]
  const all = readdirSync(CORPUS, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    names.filter((file) => all.includes(file)).map((file) => [file, readFileSync(new URL(file, CORPUS), 'utf8')]),
  )
}
