/**
 * How many end-to-end files run at the same time. Each worker has engines and a registry of its own, so that tests can
 * list and remove everything in them.
 */
export const END_TO_END_WORKERS = 3
