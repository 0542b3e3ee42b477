import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import { realTags } from '../../domain/system/prune.ts'
import type { Engine } from '../../engine/engine.ts'
import type { ArgumentCompletion } from '../../flags/completion-source.ts'
import { humanSize } from '../../format/text/units.ts'

/** An object that `--pick` offers. */
export interface Choice {
  /** What the command gets as its argument. */
  readonly name: string
  /** Tells objects apart: a state and an image, a size. */
  readonly detail: string
}

/** The states of the containers that each kind of argument offers; all where absent. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  'paused containers': ['paused'],
  'removable containers': ['created', 'exited', 'dead', 'running', 'paused', 'restarting'],
  'running containers': ['running', 'paused', 'restarting'],
  'stopped containers': ['created', 'exited'],
  'unpaused containers': ['running'],
}

/**
 * Lists the objects that a command takes as arguments.
 * @param kind what the command declares for completion
 * @throws EngineError, ConnectionError
 */
export async function listChoices(kind: ArgumentCompletion, engine: Engine): Promise<readonly Choice[]> {
  switch (kind) {
    case 'images':
      return (await engine.images.list({ all: false, manifests: false, filters: {} })).flatMap((image) => {
        const { Id = '', Size = 0 } = image
        const id = Id.replace(/^sha256:/, '').slice(0, 12)
        const tags = realTags(image)
        const detail = `${id}  ${humanSize(Size)}`
        return tags.length === 0 ? [{ name: id, detail }] : tags.map((name) => ({ name, detail }))
      })
    case 'networks':
      return (await engine.networks.list({}))
        .filter(({ Name = '' }) => !['bridge', 'host', 'none'].includes(Name))
        .map(({ Name = '', Driver = '' }) => ({ name: Name, detail: Driver }))
    case 'volumes':
      return (await engine.volumes.list({})).map(({ Name = '', Driver = '' }) => ({ name: Name, detail: Driver }))
    default:
      return (await engine.containers.list({ all: true, size: false, filters: stateFilter(kind) })).map(containerChoice)
  }
}

function stateFilter(kind: ArgumentCompletion): Filters {
  const states = typeof kind === 'string' ? STATES[kind] : undefined
  return states === undefined ? {} : { status: Object.fromEntries(states.map((state) => [state, true as const])) }
}

function containerChoice({ Id = '', Names, Image = '', Status = '' }: ContainerSummary): Choice {
  const name = (Names?.[0] ?? '').replace(/^\//, '') || Id.slice(0, 12)
  return { name, detail: `${Status}  ${Image}` }
}
