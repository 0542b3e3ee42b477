/** A file whose content the receiver requested. */
export interface FileRequest {
  readonly id: number
  readonly path: Buffer
}

/** A queue of requests in the order of arrival. Iteration waits for requests until the queue is ended. */
export class RequestQueue implements AsyncIterable<FileRequest> {
  readonly #requests: FileRequest[] = []
  #next = 0
  #hasEnded = false
  #wake: (() => void) | undefined

  add(request: FileRequest): void {
    this.#requests.push(request)
    this.#wakeUp()
  }

  end(): void {
    this.#hasEnded = true
    this.#wakeUp()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FileRequest> {
    while (true) {
      const request = this.#requests[this.#next]
      if (request) {
        this.#next++
        yield request
        if (this.#next < this.#requests.length) continue
        // An empty queue is reset, so that it does not grow with every file.
        this.#requests.length = 0
        this.#next = 0
      } else if (this.#hasEnded) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}
