/** The limit of concurrent requests at the start. */
const INITIAL_LIMIT = 4

/** The factor by which the limit grows when it turns out to be too low. */
const GROWTH_FACTOR = 4

/**
 * The bounds of the interval in milliseconds after which the limit is checked. It is three times as long as a login
 * takes.
 */
const INTERVAL = { min: 200, max: 5000 } as const

/** The limit grows when the waiting requests would take more than this many intervals at the present rate. */
const MAX_WAITING_INTERVALS = 3

/**
 * Limits the number of concurrent requests when each connection needs a login, as with ssh. A few connections are
 * enough for many short requests. When requests take long, such as those that stop containers, the limit grows until
 * none waits.
 */
export class RequestQueue {
  #limit = INITIAL_LIMIT
  #running = 0
  #ended = 0
  /** The time of the first request. */
  #startTime: number | undefined
  #loginTime: number | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #waiting: (() => void)[] = []

  /** Settles when a request can be sent. The caller must call `leave` when the request has ended. */
  enter(): Promise<void> {
    this.#startTime ??= Date.now()
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#admit()
    })
  }

  /** Records the duration of a login: the time until the first response, which is that to the ping. */
  recordResponse(): void {
    this.#loginTime ??= Date.now() - (this.#startTime ?? 0)
  }

  /** Ends a request and lets waiting ones start. */
  leave(): void {
    this.#running--
    this.#ended++
    this.#admit()
  }

  #admit(): void {
    for (const enter of this.#waiting.splice(0, Math.max(0, this.#limit - this.#running))) {
      this.#running++
      enter()
    }
    if (this.#waiting.length > 0) {
      this.#timer ??= setInterval(() => this.#grow(), this.#interval())
    } else {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  /** Returns an interval that is long enough for new connections to become usable. */
  #interval(): number {
    return Math.min(INTERVAL.max, Math.max(INTERVAL.min, 3 * (this.#loginTime ?? 0)))
  }

  #grow(): void {
    if (this.#waiting.length > this.#ended * MAX_WAITING_INTERVALS) this.#limit *= GROWTH_FACTOR
    this.#ended = 0
    this.#admit()
  }
}
