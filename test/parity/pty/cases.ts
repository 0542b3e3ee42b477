import { logins } from './logins.ts'
import { transfers } from './transfers.ts'

/** Every session on a terminal. */
export const terminalCases = [...transfers, ...logins]
