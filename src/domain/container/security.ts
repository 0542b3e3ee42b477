import { goQuote } from '../go/quote.ts'

/** Returns the capabilities as the daemon expects them: with `CAP_`, in upper case, sorted and without duplicates. */
export function normalizeCapabilities(names: readonly string[]): string[] {
  const full = names.map((name) => name.toUpperCase()).map((name) => (/^(ALL$|CAP_)/.test(name) ? name : `CAP_${name}`))
  return [...new Set(full)].sort()
}

export interface SecurityOption {
  readonly key: string
  /** Empty for `no-new-privileges`, the only option without a value. */
  readonly value: string
}

/**
 * Parses one `--security-opt`, `key=value` or `key:value`.
 * @throws Error with docker's reason
 */
export function parseSecurityOption(text: string): SecurityOption {
  const separator = text.includes('=') || text === 'no-new-privileges' ? text.indexOf('=') : text.indexOf(':')
  const key = separator < 0 ? text : text.slice(0, separator)
  const value = separator < 0 ? '' : text.slice(separator + 1)
  if (value === '' && key !== 'no-new-privileges') throw new Error(`Invalid --security-opt: ${goQuote(text)}`)
  return { key, value }
}

const MODES = {
  pid: { flag: '--pid: invalid PID mode', valid: /^($|host$|container:.)/s },
  uts: { flag: '--uts: invalid UTS mode', valid: /^(host)?$/ },
  userns: { flag: '--userns: invalid USER mode', valid: /^(host)?$/ },
  cgroupns: { flag: '--cgroupns: invalid CGROUP mode', valid: /^(host|private)?$/ },
} as const

/**
 * Checks the value of `--pid`, `--uts`, `--userns` or `--cgroupns`.
 * @throws Error with docker's reason
 */
export function checkNamespaceMode(namespace: keyof typeof MODES, mode: string): string {
  if (!MODES[namespace].valid.test(mode)) throw new Error(MODES[namespace].flag)
  return mode
}

const NAMESPACED_SYSCTLS = new Set([
  ...['kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem', 'kernel.shmall', 'kernel.shmmax'],
  ...['kernel.shmmni', 'kernel.shm_rmid_forced'],
])

/**
 * Checks one `--sysctl`, `name=value`. Only namespaced kernel parameters are allowed.
 * @throws Error with docker's reason
 */
export function checkSysctl(text: string): string {
  const name = text.split('=', 1)[0] ?? ''
  const isAllowed = NAMESPACED_SYSCTLS.has(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.')
  if (!text.includes('=') || !isAllowed) throw new Error(`sysctl '${text}' is not allowed`)
  return text
}
