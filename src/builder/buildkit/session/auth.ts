import { createHmac, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { DOCKER_HUB_REGISTRY, INDEX_SERVER, type RegistryAuth } from '../../../domain/registry/registry.ts'
import { fetchToken } from '../../../registry/token.ts'
import type { Announce } from '../common/announce.ts'
import type { SessionProviders } from '../common/solve-request.ts'
import {
  CredentialsRequestSchema,
  CredentialsResponseSchema,
  FetchTokenRequestSchema,
  FetchTokenResponseSchema,
  GetTokenAuthorityRequestSchema,
  GetTokenAuthorityResponseSchema,
  VerifyTokenAuthorityRequestSchema,
  VerifyTokenAuthorityResponseSchema,
} from '../gen/moby/auth_pb.ts'
import type { Methods } from '../grpc/server.ts'
import { unary } from './unary.ts'

/** What an Ed25519 key in PKCS #8 begins with. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const KEY_LENGTH = 32

/**
 * Logs the daemon in to registries, for base images, caches and pushes. The daemon asks whose tokens it may use
 * (TokenAuthority) and has us fetch them, so that passwords need not leave this machine.
 */
export function auth(
  { credentials, send }: Pick<SessionProviders, 'credentials' | 'send'>,
  announce: Announce,
): Methods {
  const keyring = new Keyring(credentials)
  return {
    '/moby.filesync.v1.Auth/Credentials': unary(
      CredentialsRequestSchema,
      CredentialsResponseSchema,
      async ({ Host: host }) => {
        const { username: Username, secret: Secret } = login(await keyring.get(host))
        if (Secret === '') return { Username, Secret }
        return announce(`sharing credentials for ${host}`, async () => ({ Username, Secret }))
      },
    ),
    '/moby.filesync.v1.Auth/FetchToken': unary(
      FetchTokenRequestSchema,
      FetchTokenResponseSchema,
      async (wanted, call) => {
        const known = await keyring.get(wanted.Host)
        const request = {
          clientId: wanted.ClientID,
          realm: wanted.Realm,
          service: wanted.Service,
          scopes: wanted.Scopes,
          ...login(known),
          signal: call.signal,
        }
        const token = () => fetchToken(request, known.registrytoken ?? '', send)
        const scopes = wanted.Scopes.map((scope) => scope.replace(/^repository:/, '')).join(' ')
        const isQuiet = request.secret === '' || known.registrytoken
        const fetched = await (isQuiet ? token() : announce(`${scopes} token for ${wanted.Host}`, token))
        return { Token: fetched.token, ExpiresIn: BigInt(fetched.expiresIn), IssuedAt: BigInt(fetched.issuedAt) }
      },
    ),
    '/moby.filesync.v1.Auth/GetTokenAuthority': unary(
      GetTokenAuthorityRequestSchema,
      GetTokenAuthorityResponseSchema,
      async ({ Host, Salt }) => ({ PublicKey: publicBytes(await keyring.authority(Host, Salt)) }),
    ),
    '/moby.filesync.v1.Auth/VerifyTokenAuthority': unary(
      VerifyTokenAuthorityRequestSchema,
      VerifyTokenAuthorityResponseSchema,
      async ({ Host, Payload, Salt }) => {
        const signature = sign(null, Payload, await keyring.authority(Host, Salt))
        return { Signed: Buffer.concat([signature, Payload]) }
      },
    ),
  }
}

/** The name and password; an identity token is a password without a name. */
function login({ identitytoken, username = '', password = '' }: RegistryAuth) {
  return identitytoken ? { username: '', secret: identitytoken } : { username, secret: password }
}

/** Asks for the credentials of each registry once: a helper may want a person's attention. */
class Keyring {
  readonly #credentials: SessionProviders['credentials']
  readonly #known = new Map<string, Promise<RegistryAuth>>()
  /** Tokens belong to who knows this, which is this build alone: tug keeps no file of seeds as docker does. */
  readonly #seed = randomBytes(KEY_LENGTH)

  constructor(credentials: SessionProviders['credentials']) {
    this.#credentials = credentials
  }

  get(host: string): Promise<RegistryAuth> {
    const server = host === DOCKER_HUB_REGISTRY ? INDEX_SERVER : host
    const known = this.#known.get(server) ?? this.#credentials(server)
    this.#known.set(server, known)
    return known
  }

  /** The key that stands for these credentials; all who have none share one. */
  async authority(host: string, salt: Uint8Array): Promise<KeyObject> {
    const { secret } = login(await this.get(host))
    const mac = createHmac('sha256', salt)
    if (secret !== '') mac.update(this.#seed)
    const key = Buffer.concat([PKCS8_PREFIX, mac.digest().subarray(0, KEY_LENGTH)])
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  }
}

function publicBytes(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-KEY_LENGTH)
}
