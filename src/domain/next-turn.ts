/**
 * Waits for the next turn of the event loop: signals, timers and what has arrived are handled first. node:timers/promises
 * has the same function, but the executable would have to load it.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
