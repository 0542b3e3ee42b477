import { writeSync } from 'node:fs'
import type { Stdio } from './stdio.ts'

/** Which of our streams are terminals. */
type TerminalStreams = Readonly<Record<keyof Stdio, { readonly isTerminal: boolean }>>

/** The signals that are forwarded to the container. */
const FORWARDED_SIGNALS = [
  ...(['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGCONT', 'SIGTSTP'] as const),
  ...(['SIGXCPU', 'SIGXFSZ', 'SIGVTALRM', 'SIGIO', 'SIGPWR', 'SIGWINCH', 'SIGABRT'] as const),
]

/**
 * Signals for the use of a terminal from the background. They are forwarded only without a terminal: with a handler for
 * them, a read from the background would be retried endlessly instead of stopping the process.
 */
const BACKGROUND_SIGNALS = ['SIGTTIN', 'SIGTTOU'] as const

/** The number of SIGINT and SIGTERM signals after which the process exits immediately. */
const FORCED_EXIT_COUNT = 3

/** Sends a signal to the container. The signal's name has no `SIG` prefix. */
export type ForwardSignal = (signal: string) => Promise<void>

/**
 * Forwards our signals to the container. Errors are ignored, because the container may not be running yet, or no
 * longer.
 * @param forward sends a signal; undefined to count SIGINT and SIGTERM only
 * @returns a function that stops the forwarding
 */
export function handleSignals(forward: ForwardSignal | undefined, stdio: TerminalStreams): () => void {
  let exitSignals = 0
  const handle = (signal: NodeJS.Signals) => {
    if (signal === 'SIGINT' || signal === 'SIGTERM') exitSignals++
    if (exitSignals >= FORCED_EXIT_COUNT) forceExit()
    forward?.(signal.slice('SIG'.length)).catch(() => {})
  }
  const hasTerminal = stdio.in.isTerminal || stdio.out.isTerminal || stdio.err.isTerminal
  const signals = forward
    ? [...FORWARDED_SIGNALS, ...(hasTerminal ? [] : BACKGROUND_SIGNALS)]
    : (['SIGINT', 'SIGTERM'] as const)
  for (const signal of signals) process.on(signal, handle)
  if (forward) activeForwardings++
  return () => {
    for (const signal of signals) process.off(signal, handle)
    if (forward) activeForwardings--
  }
}

/** The number of active forwardings. */
let activeForwardings = 0

/** Whether signals are being forwarded, so that the process handles all of them. */
export function isForwardingSignals(): boolean {
  return activeForwardings > 0
}

/**
 * Makes SIGINT and SIGTERM end the process immediately with exit code 0, like docker's client. The process in the
 * container continues to run.
 * @returns a function that removes the signal handlers
 */
export function exitOnInterrupt(): () => void {
  const exit = () => process.exit(0)
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, exit)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, exit)
  }
}

/** Exits immediately, because the user has sent several signals. */
function forceExit(): never {
  try {
    writeSync(2, '\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n')
  } finally {
    process.exit(1)
  }
}
