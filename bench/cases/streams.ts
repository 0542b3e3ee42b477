import type { Subject } from './case.ts'
import { type FakeCase, idsOf, onFakeDaemon } from './on-fake-daemon.ts'

function logs({ isTty }: { isTty: boolean }): FakeCase {
  return {
    title: `\`logs\` of {n} lines of 100 bytes, ${isTty ? 'with' : 'without'} a terminal`,
    sizes: [160_000, 640_000, 2_560_000],
    rounds: 5,
    output: 'pipe',
    contents: (logLines) => ({ logLines, isTty }),
    args: () => ['logs', ...idsOf(1)],
  }
}

function events(what: string, ...flags: string[]): FakeCase {
  return {
    title: `\`events${what}, {n} events`,
    sizes: [6250, 25_000, 100_000],
    rounds: 6,
    output: 'pipe',
    contents: (count) => ({ events: count }),
    args: () => ['events', '--since', '0', ...flags],
  }
}

/** Responses that are printed while they arrive. */
export const streams: Subject = {
  name: 'streams',
  title: 'Streams',
  note: 'The daemon sends canned responses over a unix socket as fast as the client reads. `cat` reads the output.',
  open: async (bench) =>
    onFakeDaemon(bench, [
      logs({ isTty: false }),
      logs({ isTty: true }),
      events('`'),
      events(' --format json`', '--format', 'json'),
      events(' --format` with three fields', '--format', '{{.ID}} {{.Status}} {{.Actor.Attributes.name}}'),
      {
        title: '`stats --no-stream` of {n} containers',
        sizes: [8, 32, 128],
        rounds: 5,
        args: (size) => ['stats', '--no-stream', ...idsOf(size)],
      },
    ]),
}
