const SCP_ADDRESS = /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:/

/** Whether the text is an address that BuildKit fetches by itself: HTTP, git, `git@host:path`. */
export function isRemote(text: string): boolean {
  return /^(?:https?|git|ssh):\/\//.test(text) || SCP_ADDRESS.test(text) || text.startsWith('github.com/')
}

/** Whether git reaches the address by ssh, so that the build wants an agent. */
export function isGitOverSsh(text: string): boolean {
  return text.startsWith('ssh://') || (SCP_ADDRESS.test(text) && !text.includes('://'))
}
