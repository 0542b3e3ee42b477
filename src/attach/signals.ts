import { writeSync } from 'node:fs'
import type { Stdio } from './stdio.ts'

/** What is asked of our streams: whether they are a terminal. */
type Terminals = Readonly<Record<keyof Stdio, { readonly isTerminal: boolean }>>

/**
 * What is passed on: every signal that a program may handle and that means something to another.
 */
const FORWARDED = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGCONT', 'SIGTSTP'] as const),
  ...(['SIGXCPU', 'SIGXFSZ', 'SIGVTALRM', 'SIGIO', 'SIGPWR', 'SIGWINCH', 'SIGABRT'] as const),
]

/** About our own terminal, if we have one: handled, reading it from the background would be tried again and again. */
const FROM_TERMINAL = ['SIGTTIN', 'SIGTTOU'] as const

/** How often SIGINT and SIGTERM may come before we leave at once. */
const PATIENCE = 3

/** Asks the container to handle a signal, by its name without `SIG`. */
export type ForwardSignal = (signal: string) => Promise<void>

/**
 * Passes our signals on to the container, until stopped. A container that does not run yet, or no more, misses them.
 * @param forward undefined: SIGINT and SIGTERM are only counted
 * @param stdio tells whether we have a terminal
 * @returns stops it
 */
export function handleSignals(forward: ForwardSignal | undefined, stdio: Terminals): () => void {
  let stops = 0
  const handle = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT' || signal === 'SIGTERM') stops++
    if (stops >= PATIENCE) forceExit()
    forward?.(signal.slice('SIG'.length)).catch(() => {})
  }
  const hasTerminal = stdio.in.isTerminal || stdio.out.isTerminal || stdio.err.isTerminal
  const handled = forward ? [...FORWARDED, ...(hasTerminal ? [] : FROM_TERMINAL)] : (['SIGINT', 'SIGTERM'] as const)
  for (const signal of handled) process.on(signal, handle)
  if (forward) forwarding++
  return () => {
    for (const signal of handled) process.off(signal, handle)
    if (forward) forwarding--
  }
}

let forwarding = 0

/** Whether signals are being passed on, so that our process hears them all. */
export function hearsSignals(): boolean {
  return forwarding > 0
}

/**
 * Leaves at once on SIGINT and SIGTERM, whatever is still to be read or written; what was started in the container goes
 * on. docker's client calls that a success.
 * @returns stops it
 */
export function leaveWhenInterrupted(): () => void {
  const leave = () => process.exit(0)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, leave)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, leave)
  }
}

/** The person insists: leave at once, whatever is still under way. */
function forceExit(): never {
  try {
    writeSync(2, '\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n')
  } finally {
    process.exit(1)
  }
}
