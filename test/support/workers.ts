import { availableParallelism } from 'node:os'

/**
 * How many test files run at the same time. End-to-end tests mostly wait for an engine and parity tests mostly compute,
 * so that together they keep two cores busy with four workers. With six they take as long, and tests that watch the time
 * fail more often. A worker that runs end-to-end tests has engines and a registry of its own, so that tests can list and
 * remove everything in them; more than eight would need much memory.
 */
export const WORKERS = Math.min(Math.max(availableParallelism(), 4), 8)
