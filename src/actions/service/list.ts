import type { Cli } from '../../cli/cli.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import type { Service } from '../../domain/service/service.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { filters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { serviceList } from '../../format/views/service/list.ts'

/** The flags of `service ls` and `stack services`. */
export const serviceListFlags = {
  filter: filters({
    char: 'f',
    completes: 'service filters',
    summary: 'Show only what matches a condition, NAME=VALUE',
  }),
  format: tableFormat(),
  quiet: bool({ char: 'q', summary: 'Print service IDs only' }),
}

/**
 * Prints the list of services.
 * @param request requests the services; undefined if nothing is to be printed
 * @throws FormatError for an invalid template, and what `request` throws
 */
export async function printServices(
  request: () => Promise<readonly Service[] | undefined>,
  { format: typed, quiet }: Omit<ValuesOf<typeof serviceListFlags>, 'filter'>,
  cli: Cli,
): Promise<void> {
  await printInFormat(cli, 'servicesFormat', typed, quiet, async (format) => {
    const view = await listView(serviceList, { format, quiet }, displayFor(cli, format, typed !== ''))
    const services = await request()
    if (!services) return
    const sorted = services.toSorted((a, b) => compareNaturally(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))
    cli.out.write(printable(view.render(sorted, cli.now())))
  })
}
