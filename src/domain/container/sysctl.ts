const NAMES = new Set([
  ...['kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni', 'kernel.sem', 'kernel.shmall', 'kernel.shmmax'],
  ...['kernel.shmmni', 'kernel.shm_rmid_forced'],
])

/** Checks one `--sysctl`, `name=value`: only settings that each container has for itself. @throws Error with docker's reason */
export function checkSysctl(text: string): string {
  const name = text.split('=', 1)[0] ?? ''
  const isAllowed = NAMES.has(name) || name.startsWith('net.') || name.startsWith('fs.mqueue.')
  if (!text.includes('=') || !isAllowed) throw new Error(`sysctl '${text}' is not allowed`)
  return text
}
