import type { Filters } from '../../domain/filter.ts'
import type { Task } from '../../domain/swarm/task.ts'
import type { Connection } from '../connection.ts'
import { asList, nonEmpty } from './shape.ts'
import { TASK } from './shapes/swarm.ts'

/** `/tasks` of the Engine API. All methods throw EngineError and ConnectionError. */
export class TaskApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(filters: Filters): Promise<Task[]> {
    const docker = await this.#connection.docker()
    return asList(await docker.listTasks({ _query: { filters: nonEmpty(filters) } }), TASK)
  }
}
