import { logins } from './logins.ts'
import { transfers } from './transfers.ts'

/** All sessions on a terminal. */
export const terminalCases = [...transfers, ...logins]
