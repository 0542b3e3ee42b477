const LENGTH_BYTES = 4
/** OpenSSH's limit for a message, in bytes. */
const LONGEST_REQUEST = 256 * 1024

/** Message numbers of the agent protocol (draft-ietf-sshm-ssh-agent). */
const REQUEST_IDENTITIES = 11
const SIGN_REQUEST = 13
const FAILURE = Buffer.of(0, 0, 0, 1, 5)

/**
 * Filters the requests of a build step to an ssh agent. The step may list keys and have data signed. Like docker, it
 * refuses to add or remove keys, to lock the agent and to use extensions.
 */
export class AgentRequests {
  #rest: Buffer = Buffer.alloc(0)

  /**
   * Reads a chunk of requests.
   * @returns the bytes for the agent, and the responses to the step for refused requests
   * @throws Error for a request that is too long
   */
  read(chunk: Buffer): { readonly allowed: Buffer; readonly refusals: Buffer } {
    const allowed: Buffer[] = []
    const refusals: Buffer[] = []
    let rest = Buffer.concat([this.#rest, chunk])
    while (rest.length > LENGTH_BYTES) {
      const length = rest.readUInt32BE(0)
      if (length > LONGEST_REQUEST) throw new Error(`agent: request too large: ${length}`)
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
