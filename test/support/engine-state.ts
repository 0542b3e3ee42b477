import { request, until } from './engines/http.ts'

/** Reads and removes the objects of an engine without the program under test. */
export class EngineState {
  readonly #socketPath: string

  constructor(socket: string) {
    this.#socketPath = socket
  }

  /** Returns the full ids of all containers, including stopped ones. */
  containers(): Promise<string[]> {
    return this.#ids('/containers/json?all=true')
  }

  async removeContainers(): Promise<void> {
    for (const id of await this.containers()) {
      // Podman's forced removal stops the container first, which may take long.
      await request({ socketPath: this.#socketPath, method: 'POST', path: `/containers/${id}/kill` })
      const removal = { socketPath: this.#socketPath, method: 'DELETE', path: `/containers/${id}?force=true&v=true` }
      // With `--rm` the engine may be removing it already, and refuses the request until it is gone.
      await until({
        attempt: async () => {
          const { status } = await request(removal)
          return status < 400 || status === 404 ? status : undefined
        },
        failure: () => `${id} was not removed`,
        timeout: 30_000,
      })
    }
  }

  /** Waits until a container has ended, and returns its exit code. */
  async exitCode(container: string): Promise<number> {
    const response: { StatusCode: number } = JSON.parse(await this.#send('POST', `/containers/${container}/wait`))
    return response.StatusCode
  }

  /** Returns the names (`repository:tag`) of all tagged images. */
  async imageNames(): Promise<string[]> {
    const images: { RepoTags: string[] | null }[] = JSON.parse(await this.#send('GET', '/images/json'))
    return images.flatMap((image) => image.RepoTags ?? []).sort()
  }

  /** Removes every image. The engine refuses to remove an image that has children, so this takes several rounds. */
  async removeImages(): Promise<void> {
    let refusal = ''
    await until({
      attempt: async () => {
        for (const id of await this.#ids('/images/json')) {
          const path = `/images/${id}?force=true`
          const { status, body } = await request({ socketPath: this.#socketPath, method: 'DELETE', path })
          if (status >= 400 && status !== 404) refusal = `${path}: ${status} ${body}`
        }
        return (await this.#ids('/images/json')).length === 0 ? true : undefined
      },
      failure: () => `not every image was removed: ${refusal}`,
      timeout: 30_000,
    })
    await this.#send('POST', '/build/prune?all=true')
  }

  async #ids(path: string): Promise<string[]> {
    const items: { Id: string }[] = JSON.parse(await this.#send('GET', path))
    return items.map((item) => item.Id)
  }

  async #send(method: string, path: string): Promise<string> {
    const { status, body } = await request({ socketPath: this.#socketPath, method, path })
    if (status >= 400 && status !== 404 && !isUnderWay(status, body))
      throw new Error(`${method} ${path}: ${status} ${body}`)
    return body
  }
}

/** Whether the program under test, or the engine after `--rm`, is removing the object already. */
function isUnderWay(status: number, body: string): boolean {
  return status === 409 && body.includes('already in progress')
}
