import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FlagError, parseArgv } from '../../../src/cli/argv/argv.ts'
import { readNamedFile } from '../../../src/cli/io/read-file.ts'
import { formatPlatform, parsePlatform } from '../../../src/domain/image/platform.ts'
import { parsePullPolicy } from '../../../src/domain/image/pull-policy.ts'
import { exactBody } from '../../../src/engine/transport/exact-json.ts'
import { createBody, createFlags, createWarnings } from '../../../src/flags/container/create.ts'
import { caseName } from '../../parity/case.ts'
import { createValues } from '../../parity/cases/container/create-values.ts'
import { recordable } from '../../parity/compare.ts'
import { deviationOf } from '../../parity/deviations.ts'
import { readGolden } from '../../parity/golden.ts'
import { writeFiles } from '../../parity/run-case.ts'
import { parseRecorded } from '../../support/fake-recording.ts'

/**
 * The translation of create's flags into a request, compared with the golden of the parity group `create-values`. The
 * parity suite runs the same cases through the whole program.
 */
const { outcomes } = await readGolden('create-values')
const cases = createValues.cases.map((parityCase) => {
  const name = caseName(parityCase)
  const outcome = outcomes[name]
  if (!outcome) throw new Error(`${name} is not recorded: npm run record -- parity --group create-values`)
  const request = outcome.wire.find(({ path }) => path === '/containers/create')
  return { name, argv: parityCase.argv.slice(1), stderr: outcome.stderr, request }
})

const isForWindows = (stderr: string) => /only supported on a Docker daemon running on windows/.test(stderr)
const isAboutTheImage = (stderr: string) => /^(invalid reference|docker: 'docker create' requires)/.test(stderr)
/** The request depends on the stored credentials, so the parity group `api-socket` tests the flag. */
const hasApiSocket = (argv: readonly string[]) => argv.includes('--use-api-socket')
const translated = cases.filter(
  ({ name, argv, stderr }) =>
    !isForWindows(stderr) &&
    !isAboutTheImage(stderr) &&
    !hasApiSocket(argv) &&
    deviationOf('create-values', name) === undefined,
)

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tug-create-'))
  await writeFiles(directory, { cwd: 'directory', ...createValues.cases[0]?.files }, (text) => text)
})
afterAll(() => rm(directory, { recursive: true }))

function translate(argv: readonly string[]) {
  const { flags, typedFlags, positionals } = parseArgv(argv, createFlags, false)
  const [image = '', ...command] = positionals
  parsePullPolicy(flags.pull)
  const body = createBody(
    { flags, typedFlags, image, command },
    {
      cwd: join(directory, 'cwd'),
      environment: { TUG_FROM_ENV: 'set' },
      proxies: {},
      consoleSize: [0, 0],
      apiVersion: '1.50',
      readFile,
    },
  )
  const query: Record<string, string> = {}
  if (flags.name !== '') query.name = flags.name
  if (flags.platform !== '') {
    query.platform = formatPlatform(parsePlatform(flags.platform, { os: 'linux', architecture: 'amd64' }))
  }
  const warnings = [
    ...flags.mount.flatMap((mount) => mount.warnings).map((text) => `time="<time>" level=warning msg="${text}"`),
    ...createWarnings(body),
  ]
  return { body, query, stderr: warnings.map((line) => `${line}\n`).join('') }
}

/** Reads a file of the working directory. Its errors name the file as it was typed. */
function readFile(path: string): Uint8Array {
  try {
    return readNamedFile(path === '' ? '' : join(directory, 'cwd', path))
  } catch (error) {
    throw new Error(error instanceof Error ? error.message.replace(/^(open|read) [^:]*:/, `$1 ${path}:`) : '')
  }
}

/** Returns the body as the parity suite compares it, with its lists sorted. */
function comparableBody(body: unknown): unknown {
  const request = { method: 'POST', path: '/containers/create', body }
  return recordable({ exit: 0, stdout: '', stderr: '', wire: [request] }, { argv: [] }).wire[0]?.body
}

describe('create sends the request that docker sends', () => {
  const accepted = translated.flatMap(({ request, ...rest }) => (request ? [{ ...rest, request }] : []))
  test.each(accepted)('$name', ({ argv, stderr, request }) => {
    const result = translate(argv)
    const sent = parseRecorded(JSON.stringify(exactBody(result.body)).replaceAll(directory, '<dir>'))
    expect(comparableBody(sent)).toEqual(request.body)
    expect(result.query).toEqual(request.query ?? {})
    expect(result.stderr).toBe(stderr)
  })
})

describe("create refuses flags with docker's error", () => {
  const refused = translated.filter(({ request }) => !request)
  test.each(refused)('$name', ({ argv, stderr }) => {
    let error: unknown
    try {
      translate(argv)
    } catch (thrown) {
      error = thrown
    }
    // The usage that follows the error is not part of its message.
    const [message = ''] = stderr.replace(/\n$/, '').split('\n\n')
    expect(error).toBeInstanceOf(Error)
    expect(error).toHaveProperty('message', message.replace(/^(docker|error parsing specified platform): /, ''))
    expect(error instanceof FlagError).toBe(stderr.includes('Usage:'))
  })
})
