import { withoutSlash } from '../../../domain/container/name.ts'
import type { Usage } from '../../../domain/container/stats.ts'
import { formatRfc3339 } from '../../../domain/go/gotime.ts'
import { truncateId } from '../../text/truncate.ts'
import { bytesSize, humanSize } from '../../text/units.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

const UNKNOWN = '--'

/**
 * Returns the list of `stats` (docker/cli container.statsContext).
 * @param osType the daemon's operating system; Windows reports fewer values
 */
export function statsList(osType: string): ListKind<Usage> {
  const isWindows = osType === 'windows'
  const known =
    (text: (usage: Usage) => string, otherwise = UNKNOWN) =>
    (usage: Usage) =>
      usage.isUnknown ? otherwise : text(usage)
  const notOnWindows = (text: (usage: Usage) => string) => (isWindows ? () => UNKNOWN : known(text))
  const fields = {
    Container: { header: 'CONTAINER', text: ({ container }) => container },
    Name: { header: 'NAME', text: ({ name }) => (name.length > 1 ? withoutSlash(name) : UNKNOWN) },
    ID: { header: 'CONTAINER ID', text: ({ id }, { truncate }) => (truncate ? truncateId(id) : id) },
    CPUPerc: { header: 'CPU %', text: known(({ cpu }) => percent(cpu)) },
    MemUsage: {
      header: isWindows ? 'PRIV WORKING SET' : 'MEM USAGE / LIMIT',
      text: known(
        ({ memory, memoryLimit }) => bytesSize(memory) + (isWindows ? '' : ` / ${bytesSize(memoryLimit)}`),
        '-- / --',
      ),
    },
    MemPerc: { header: 'MEM %', text: notOnWindows(({ memoryShare }) => percent(memoryShare)) },
    NetIO: { header: 'NET I/O', text: known(({ received, sent }) => pair(received, sent)) },
    BlockIO: { header: 'BLOCK I/O', text: known(({ read, written }) => pair(read, written)) },
    PIDs: { header: 'PIDS', text: notOnWindows(({ processes }) => String(processes)) },
  } as const satisfies Record<string, Field<Usage>>
  const { ID, Name, CPUPerc, MemUsage, MemPerc, NetIO, BlockIO, PIDs } = fields
  return {
    listing: {
      typeName: '*container.statsContext',
      fields,
      internals: (s, { truncate }) => ({ s, os: osType, trunc: truncate }),
    },
    columns: isWindows
      ? [ID, Name, CPUPerc, MemUsage, NetIO, BlockIO]
      : [ID, Name, CPUPerc, MemUsage, MemPerc, NetIO, BlockIO, PIDs],
  }
}

/** The time of a row, in local time. The last column, so that scripts find docker's columns at their places. */
const TIME: Field<Usage> = {
  header: 'TIME',
  text: (_, { now, zone }) => formatRfc3339(Math.floor(now / 1000), zone()),
}

/** Returns the list of `stats` with the time of each row, which docker does not have. */
export function timedStatsList(osType: string): ListKind<Usage> {
  const { listing, columns } = statsList(osType)
  return { listing, columns: [...columns, TIME] }
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`
}

function pair(one: number, other: number): string {
  return `${humanSize(one)} / ${humanSize(other)}`
}
