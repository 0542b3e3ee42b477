import { text } from '../flag.ts'

/** What `checkpoint` commands need of the daemon. */
export const CHECKPOINT_REQUIREMENTS = { minApi: '1.25', daemonOs: 'linux', isExperimental: true } as const

/** `--checkpoint-dir` of `checkpoint` commands. */
export const checkpointDir = text({ summary: "Directory for checkpoints, on the daemon's host" })
