/** A file whose content the receiver wants. */
export interface FileRequest {
  readonly id: number
  readonly path: Buffer
}

/** Requests in the order in which they came; reading it ends when it was ended. */
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
        // A queue that was emptied starts anew, so that it does not grow with every file.
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
