import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Records expected values from the reference client: `npm run record -- SUITE [options]`. Without a suite it lists the
 * suites and what each needs. The recorder of a suite stands next to the files that it writes.
 */

/** What a suite needs beside Node, and where to get it. */
const NEEDS = {
  docker: `the docker client 28.2.2, as "docker" on PATH or as the file that REFERENCE names. Get it from
               https://download.docker.com/linux/static/stable/x86_64/docker-28.2.2.tgz`,
  'docker 28.5': `a later client of the 28 series as REFERENCE, for the parity groups that have "since".
               Get it from Debian sid: the package docker-cli`,
  buildx: `docker's plugin buildx 0.29, as the file that REFERENCE_BUILDX names. Get it from
               https://github.com/docker/buildx/releases/tag/v0.29.1 or from Debian sid: the package docker-buildx,
               file /usr/libexec/docker/cli-plugins/docker-buildx`,
  engines: `root on Debian: the engines are installed with apt-get and debootstrap when they are first used`,
} as const

interface Suite {
  /** What is recorded, for the list. */
  readonly summary: string
  readonly needs: readonly (keyof typeof NEEDS)[]
  /** The options with what they do, one a line. */
  readonly options?: readonly string[]
  /** @throws Error when a program is missing or has another version */
  readonly record: (args: readonly string[]) => Promise<void>
}

const SUITES: Readonly<Record<string, Suite>> = {
  parity: {
    summary: 'output, exit codes and requests of the cases in test/parity/cases',
    needs: ['docker', 'docker 28.5', 'buildx'],
    options: [
      '--group NAME  only this group (may be repeated); only the groups buildkit and buildx need buildx',
      '--new         only cases that have not been recorded',
      '--check       compare with what is recorded and write nothing',
    ],
    record: async (args) => (await import('../test/parity/record.ts')).record(args),
  },
  terminal: {
    summary: 'screens of sessions on a terminal (test/parity/pty)',
    needs: ['docker'],
    options: [
      '--only TEXT   only sessions whose name contains TEXT',
      '--check       compare with what is recorded and write nothing',
    ],
    record: async (args) => (await import('../test/parity/pty/record.ts')).record(args),
  },
  tls: {
    summary: 'connections by TLS flags, variables and certificate files (test/parity/tls)',
    needs: ['docker'],
    record: async () => (await import('../test/parity/tls/record.ts')).record(),
  },
  responses: {
    summary: 'odd responses of a daemon, byte by byte (test/parity/responses)',
    needs: ['docker'],
    record: async () => (await import('../test/parity/responses/record.ts')).record(),
  },
  sessions: {
    summary: 'transcripts of shell sessions on real engines (test/parity/live)',
    needs: ['docker', 'engines'],
    record: async (args) => runOnEngines(['test/parity/live', '--update', ...args], 'machine,trixie'),
  },
  copies: {
    summary: 'what docker cp copies on real engines (test/e2e/files)',
    needs: ['docker', 'engines'],
    record: async (args) => runOnEngines(['test/e2e/files', '--update', ...args], 'machine,trixie'),
  },
  stacks: {
    summary: 'the specs of services that docker deploys on real swarms (test/e2e/stack)',
    needs: ['docker', 'engines'],
    record: async (args) => runOnEngines(['test/e2e/stack/specs.test.ts', '--update', ...args], 'machine,trixie,sid'),
  },
  builds: {
    summary: 'builds with BuildKit on real engines, and their images (test/e2e/buildkit/corpus)',
    needs: ['docker', 'buildx', 'engines'],
    record: async (args) => runOnEngines(['test/e2e/buildkit/corpus.test.ts', ...args], 'machine,trixie,sid'),
  },
  'build-progress': {
    summary: 'progress of scripted builds, on terminals and off them (test/builder/progress)',
    needs: ['docker', 'buildx'],
    options: ['TEXT…         only builds whose name contains TEXT'],
    record: async (args) => (await import('../test/builder/progress/record.ts')).record(args),
  },
  'ignore-files': {
    summary: 'the files that buildx sends under each .dockerignore (test/builder/context)',
    needs: ['docker', 'buildx'],
    record: async () => (await import('../test/builder/context/record.ts')).record(),
  },
  formats: {
    summary: 'tables, templates and inspections (test/format)',
    needs: ['docker'],
    record: async () => (await import('../test/format/record.ts')).record(),
  },
  templates: {
    summary: 'random templates, compared with tug; recorded with --record only (test/format/templates)',
    needs: ['docker'],
    options: [
      '--seed NUMBER   repeat the templates of an earlier run; another seed every time by default',
      '--count NUMBER  how many templates, 2000 by default',
      '--record        keep what docker prints',
    ],
    record: async (args) => (await import('../test/format/templates/record.ts')).record(args),
  },
  'docker-commands': {
    summary: "docker's commands and flags, for README.md and docs/reference (scripts/generate)",
    needs: ['docker'],
    record: async () => (await import('./generate/record-docker-commands.ts')).record(),
  },
}

const ROOT = join(import.meta.dirname, '..')

/** Runs end-to-end tests with docker as the program under test; they record instead of comparing. */
function runOnEngines(args: readonly string[], engines: string): void {
  const env = {
    TUG_ENGINES: engines,
    ...process.env,
    TUG_RECORD_LIVE: '1',
    TUG_BIN: process.env.REFERENCE ?? 'docker',
  }
  const vitest = join(ROOT, 'node_modules/.bin/vitest')
  const { status } = spawnSync(vitest, ['run', '--project', 'e2e', ...args], { cwd: ROOT, env, stdio: 'inherit' })
  process.exitCode = status ?? 1
}

/** Returns the list of suites with their options and needs. */
function listOfSuites(): string {
  const suites = Object.entries(SUITES).flatMap(([name, { summary, needs, options = [] }]) => [
    `  ${name}`,
    `      ${summary}`,
    ...options.map((option) => `      ${option}`),
    `      needs ${needs.join(', ')}`,
  ])
  const needs = Object.entries(NEEDS).map(([name, text]) => `  ${name.padEnd(13)}${text}`)
  return ['Usage: npm run record -- SUITE [options]', '', 'Suites:', ...suites, '', 'Needs:', ...needs, ''].join('\n')
}

const [name, ...args] = process.argv.slice(2)
const suite = name === undefined ? undefined : SUITES[name]
if (suite) {
  await suite.record(args).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exitCode = 1
  })
} else {
  process.stdout.write(listOfSuites())
  if (name !== undefined) {
    process.stderr.write(`\nThere is no suite "${name}".\n`)
    process.exitCode = 1
  }
}
