/** Lists what a command would act on, in the format of the list command of that kind of objects. */
import { textIn } from '../../domain/json.ts'
import type { ChoiceValues } from '../../flags/choice.ts'
import type { ArgumentCompletion } from '../../flags/completion-source.ts'
import { printable } from '../../format/output.ts'
import type { Cli } from '../cli.ts'
import { failuresInTurn, throwFailures } from '../each.ts'
import { displayFor } from '../io/list-format.ts'
import { type ObjectList, withObjects } from './object-lists.ts'

/**
 * Prints the objects that a command would act on.
 * @param names what was typed or picked; undefined for what `--all` and `--filter` choose
 * @throws EngineError, ConnectionError, FormatError, and ExitStatus 1 for names that do not exist
 */
export async function printTargets(
  completes: ArgumentCompletion,
  { filter, format }: ChoiceValues,
  names: readonly string[] | undefined,
  cli: Cli,
): Promise<void> {
  await withObjects(completes, async (objects) => {
    const view = await objects.view(format, displayFor(cli, format, format !== ''))
    const { rows, failures } =
      names === undefined
        ? { rows: await objects.list(cli.engine, filter, view.needsSize), failures: [] }
        : await findNamed(objects, names, view.needsSize, cli)
    cli.out.write(printable(view.render(rows, cli.now())))
    throwFailures(failures)
  })
}

/** Finds objects by what was typed: names, ids and the beginnings of ids, which only the daemon can tell apart. */
async function findNamed<Row>(
  { kind, listAll, idOf, narrow }: ObjectList<Row>,
  names: readonly string[],
  needsSize: boolean,
  { engine }: Cli,
): Promise<{ readonly rows: readonly Row[]; readonly failures: readonly unknown[] }> {
  const found: { readonly id: string; readonly name: string }[] = []
  const failures = await failuresInTurn(names, async (name) => {
    const object: unknown = JSON.parse(await engine.objects.inspect(kind, name))
    found.push({ name, id: textIn(object, 'Id') || textIn(object, 'Name') })
  })
  const rows = new Map((await listAll(engine, needsSize)).map((row) => [idOf(row), row]))
  return {
    rows: found.flatMap(({ id, name }) => {
      const row = rows.get(id)
      return row === undefined ? [] : [narrow(row, name)]
    }),
    failures,
  }
}
