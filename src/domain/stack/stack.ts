import type { Service } from '../service/service.ts'
import { STACK_LABEL } from './names.ts'

/** A stack as `stack ls` shows it. */
export interface Stack {
  readonly name: string
  readonly serviceCount: number
}

/** Returns the stacks that services belong to, in the order of their first services. @throws Error with docker's message */
export function groupByStack(services: readonly Service[]): Stack[] {
  const counts = new Map<string, number>()
  for (const { ID = '', Spec } of services) {
    const name = Spec?.Labels?.[STACK_LABEL]
    if (name === undefined) throw new Error(`cannot get label ${STACK_LABEL} for service ${ID}`)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, serviceCount]) => ({ name, serviceCount }))
}
