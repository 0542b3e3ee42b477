// The containers that refer to another one by its id, which they lose when it is recreated.
import type { Cli } from '../../../cli/cli.ts'
import { programName } from '../../../cli/program-name.ts'
import type { ContainerSummary } from '../../../domain/container/container.ts'
import { withoutSlash } from '../../../domain/container/name.ts'
import { quoteShellWord } from '../../../domain/shell-words.ts'

/**
 * Returns a warning for each container that uses the network of a container, or is linked to it on the default network, with
 * the command that makes it refer to the new one.
 * @param recreated the names of the containers that are recreated after it
 */
export async function dependentWarnings(
  { id, name }: { readonly id: string; readonly name: string },
  recreated: readonly string[],
  { engine }: Cli,
): Promise<string[]> {
  const containers = await engine.containers.list({ all: true, size: false, filters: {} })
  const advise = (dependent: string, relation: string, flag: string) =>
    recreated.includes(dependent)
      ? []
      : [
          `${dependent} ${relation} the old ${name}; afterwards: ${programName()} container recreate ${flag} ${quoteShellWord(dependent)}`,
        ]
  const sharing = containers.filter(({ HostConfig }) => HostConfig?.NetworkMode === `container:${id}`)
  const own = containers.find(({ Id }) => Id === id)
  return [
    ...sharing.flatMap((container) =>
      advise(ownNameOf(container), 'uses the network of', `--network ${quoteShellWord(`container:${name}`)}`),
    ),
    ...linksTo(own).flatMap(({ from, alias }) =>
      advise(from, 'is linked to', `--link ${quoteShellWord(`${name}:${alias}`)}`),
    ),
  ]
}

/** The daemon lists a linked container under `/OTHER/ALIAS` too. */
function linksTo(container: ContainerSummary | undefined): { from: string; alias: string }[] {
  return (container?.Names ?? []).flatMap((name) => {
    const [, from = '', alias] = name.split('/')
    return alias === undefined ? [] : [{ from, alias }]
  })
}

function ownNameOf({ Names = [], Id = '' }: ContainerSummary): string {
  return withoutSlash(Names?.find((name) => name.lastIndexOf('/') === 0) ?? Id)
}
