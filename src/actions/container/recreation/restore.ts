// Goes back to the container that an interrupted `container recreate` has left.
import type { Cli } from '../../../cli/cli.ts'
import { programName } from '../../../cli/program-name.ts'
import { type ContainerInspection, nameOf } from '../../../domain/container/inspected/inspection.ts'
import { EngineError, ExitStatus } from '../../../domain/errors.ts'
import { quoteShellWord } from '../../../domain/shell-words.ts'
import { InspectionApi } from '../../../engine/api/inspections.ts'
import { draftName, parkedName, restoreCommand } from './replacement.ts'

/** The containers that a recreate has left. */
interface Leftovers {
  /** The old container under another name. */
  readonly parked: ContainerInspection | undefined
  /** The new container, before it had the name of the old one. */
  readonly draft: ContainerInspection | undefined
  /** The container that has the name now. */
  readonly current: ContainerInspection | undefined
}

/** @throws ExitStatus if an earlier recreate of the container was interrupted */
export async function refuseLeftovers(name: string, cli: Cli): Promise<void> {
  const { parked, draft, current } = await findLeftovers(name, cli)
  const left = parked ? parkedName(name) : draft ? draftName(name) : undefined
  if (left === undefined) return
  const keep = parked && current ? `\nor keep the new one with: ${programName()} rm -f ${quoteShellWord(left)}` : ''
  throw new ExitStatus(
    1,
    `the container ${left} is left of an interrupted recreate\ngo back to how ${name} was with: ${restoreCommand(name)}${keep}`,
  )
}

/**
 * Removes what an interrupted recreate has made, gives the old container its name back, and starts it if the recreate had
 * stopped it.
 * @throws ExitStatus if nothing is left of a recreate; EngineError, ConnectionError
 */
export async function restoreContainer(name: string, cli: Cli): Promise<void> {
  const { containers } = cli.engine
  const { parked, draft, current } = await findLeftovers(name, cli)
  if (parked === undefined && draft === undefined) {
    throw new ExitStatus(1, `nothing is left of a recreate of ${name}: no container is called ${parkedName(name)}`)
  }
  const successor = current ?? draft
  for (const made of [draft, parked && current]) {
    if (made) await containers.remove(made.Id ?? '', { force: true, volumes: true, link: false })
  }
  if (parked === undefined) return
  await containers.rename(parked.Id ?? '', name)
  if (successor && hasEndedSince(parked, successor)) await containers.start(parked.Id ?? '')
}

/** Whether a container has ended after another one was created: the recreate stops the old one after that. */
function hasEndedSince({ State: state = {} }: ContainerInspection, { Created = '' }: ContainerInspection): boolean {
  return !state.Running && Date.parse(state.FinishedAt ?? '') >= Date.parse(Created)
}

async function findLeftovers(name: string, { engine }: Cli): Promise<Leftovers> {
  const api = new InspectionApi(engine.connection)
  const find = async (nameOrId: string) => {
    try {
      const found = await api.container(nameOrId)
      return nameOf(found) === nameOrId ? found : undefined
    } catch (error) {
      if (error instanceof EngineError && error.isNotFound) return undefined
      throw error
    }
  }
  const [parked, draft, current] = await Promise.all([parkedName(name), draftName(name), name].map(find))
  // A draft was never started. Another container may have its name.
  return { parked, draft: draft?.State?.Status === 'created' ? draft : undefined, current }
}
