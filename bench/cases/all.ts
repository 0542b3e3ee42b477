import { builds } from './builds.ts'
import type { Subject } from './case.ts'
import { copies } from './copies.ts'
import { large } from './large.ts'
import { lists } from './lists.ts'
import { sessions } from './sessions.ts'
import { startUp } from './start-up.ts'
import { streams } from './streams.ts'
import { transfers } from './transfers.ts'
import { verbs } from './verbs.ts'

/** Everything that `npm run bench` measures, in the order of bench/README.md. */
export const SUBJECTS: readonly Subject[] = [startUp, lists, verbs, streams, sessions, transfers, copies, builds, large]
