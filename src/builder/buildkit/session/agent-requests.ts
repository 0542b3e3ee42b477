const LENGTH_BYTES = 4
/** OpenSSH's own limit. */
const LONGEST = 256 * 1024

/** Message numbers of the agent protocol (draft-ietf-sshm-ssh-agent). */
const REQUEST_IDENTITIES = 11
const SIGN_REQUEST = 13
const FAILURE = Buffer.of(0, 0, 0, 1, 5)

/**
 * Takes what a build step says to an ssh agent apart: it may list keys and have data signed; adding and removing keys,
 * locking the agent and extensions are refused, as docker refuses them.
 */
export class AgentRequests {
  #rest: Buffer = Buffer.alloc(0)

  /**
   * @returns what the agent is asked, and what the step is responded in its place
   * @throws Error for a request that is too long
   */
  read(chunk: Buffer): { readonly allowed: Buffer; readonly refusals: Buffer } {
    const allowed: Buffer[] = []
    const refusals: Buffer[] = []
    let rest = Buffer.concat([this.#rest, chunk])
    while (rest.length > LENGTH_BYTES) {
      const length = rest.readUInt32BE(0)
      if (length > LONGEST) throw new Error(`agent: request too large: ${length}`)
      const end = LENGTH_BYTES + length
      if (rest.length < end) break
      const type = rest[LENGTH_BYTES]
      if (type === REQUEST_IDENTITIES || type === SIGN_REQUEST) allowed.push(rest.subarray(0, end))
      else refusals.push(FAILURE)
      rest = rest.subarray(end)
    }
    this.#rest = rest
    return { allowed: Buffer.concat(allowed), refusals: Buffer.concat(refusals) }
  }
}
