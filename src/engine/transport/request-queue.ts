/** How many requests may be under way before others have to wait. */
const AT_FIRST = 4

/** How many times as many may be under way once these turn out to be too few. */
const GROWTH = 4

/**
 * How often it is checked whether these are too few, in milliseconds: three times as long as a login takes, within these
 * limits.
 */
const INTERVAL = { least: 200, most: 5000 } as const

/** How many intervals the waiting requests may take at the present rate before logins are worth their cost. */
const WORTH_A_LOGIN = 3

/**
 * Limits how many requests are under way at once where each connection is a login. Few connections serve many short
 * requests; where requests take long, such as those that stop containers, the limit grows until none waits.
 */
export class RequestQueue {
  #limit = AT_FIRST
  #underWay = 0
  #ended = 0
  /** When the first request was sent. */
  #started: number | undefined
  #loginTime: number | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #waiting: (() => void)[] = []

  /** Settles when a request may be sent; `leave` must follow when it has ended. */
  enter(): Promise<void> {
    this.#started ??= Date.now()
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#admit()
    })
  }

  /** Notes how long a login takes: about as long as the first response, which is that to a ping. */
  noteResponse(): void {
    this.#loginTime ??= Date.now() - (this.#started ?? 0)
  }

  leave(): void {
    this.#underWay--
    this.#ended++
    this.#admit()
  }

  #admit(): void {
    for (const enter of this.#waiting.splice(0, Math.max(0, this.#limit - this.#underWay))) {
      this.#underWay++
      enter()
    }
    if (this.#waiting.length > 0) {
      this.#timer ??= setInterval(() => this.#grow(), this.#interval())
    } else {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  /** Long enough for the connections that were opened last to be of use. */
  #interval(): number {
    return Math.min(INTERVAL.most, Math.max(INTERVAL.least, 3 * (this.#loginTime ?? 0)))
  }

  #grow(): void {
    if (this.#waiting.length > this.#ended * WORTH_A_LOGIN) this.#limit *= GROWTH
    this.#ended = 0
    this.#admit()
  }
}
