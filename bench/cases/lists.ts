import type { Subject } from './case.ts'
import { type FakeCase, idsOf, onFakeDaemon } from './on-fake-daemon.ts'

const ROWS = { sizes: [625, 2500, 10_000], rounds: 8 }

function ps(what: string, ...args: string[]): FakeCase {
  const contents = (containers: number) => ({ containers })
  return { title: `\`ps -a${what}, {n} containers`, ...ROWS, contents, args: () => ['ps', '-a', ...args] }
}

function images(what: string, ...args: string[]): FakeCase {
  return {
    title: `\`images${what}, {n} images`,
    ...ROWS,
    contents: (n) => ({ images: n }),
    args: () => ['images', ...args],
  }
}

/** Long tables of objects, and the inspection of many. */
export const lists: Subject = {
  name: 'lists',
  title: 'Lists',
  note: 'The daemon sends canned responses over a unix socket at once, so that only the clients differ.',
  open: async (bench) =>
    onFakeDaemon(bench, [
      ps('`'),
      ps(' -q`', '-q'),
      ps(' --no-trunc`', '--no-trunc'),
      ps(' --filter status=exited`', '--filter', 'status=exited'),
      ps(' --format` with two fields', '--format', '{{.Names}}\t{{.Status}}'),
      ps(
        ' --format` with a condition',
        ...['--format', '{{if eq .State "running"}}{{upper .Names}}{{else}}{{.ID}}{{end}} {{json .Ports}}'],
      ),
      ps(' --format` with printf', '--format', '{{printf "%-20s %s" .Names .Status}}'),
      ps(' --format table`', '--format', 'table {{.ID}}\t{{.Names}}\t{{.Labels}}'),
      ps(' --format json`', '--format', 'json'),
      images('`'),
      images(' -q`', '-q'),
      images(' --format` with three fields', '--format', '{{.Repository}}:{{.Tag}} {{.Size}}'),
      images(
        ' --format` with a condition',
        ...['--format', '{{if ne .Tag "x"}}{{printf "%-40s" .Repository}}{{end}} {{.ID | upper}}'],
      ),
      images(' --format json`', '--format', 'json'),
      {
        title: '`volume ls`, {n} volumes',
        ...ROWS,
        contents: (volumes) => ({ volumes }),
        args: () => ['volume', 'ls'],
      },
      {
        title: '`inspect` of {n} containers',
        sizes: [40, 160, 640],
        rounds: 8,
        args: (size) => ['inspect', ...idsOf(size)],
      },
      {
        title: '`inspect --format` of {n} containers',
        sizes: [40, 160, 640],
        rounds: 8,
        args: (size) => ['inspect', '--format', '{{.Name}} {{.State.Status}} {{json .Config.Env}}', ...idsOf(size)],
      },
    ]),
}
