import { request, until } from './engines/http.ts'

/** What an engine holds, read and removed without the program under test. */
export class EngineState {
  readonly #socketPath: string

  constructor(socket: string) {
    this.#socketPath = socket
  }

  /** The full ids of all containers, stopped ones included. */
  containers(): Promise<string[]> {
    return this.#ids('/containers/json?all=true')
  }

  async removeContainers(): Promise<void> {
    for (const id of await this.containers()) {
      // Podman's forced removal stops it first, and that may take its time.
      await request({ socketPath: this.#socketPath, method: 'POST', path: `/containers/${id}/kill` })
      const removal = { socketPath: this.#socketPath, method: 'DELETE', path: `/containers/${id}?force=true&v=true` }
      // It may be on its way out already, because of `--rm`; then the engine refuses until it is gone.
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

  /** The names (`repository:tag`) of all images that have one. */
  async imageNames(): Promise<string[]> {
    const images: { RepoTags: string[] | null }[] = JSON.parse(await this.#send('GET', '/images/json'))
    return images.flatMap((image) => image.RepoTags ?? []).sort()
  }

  /** Removes every image. A parent is refused as long as it has a child, so there are as many rounds as it takes. */
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

/** The program under test, or the engine after `--rm`, is removing it already. */
function isUnderWay(status: number, body: string): boolean {
  return status === 409 && body.includes('already in progress')
}
