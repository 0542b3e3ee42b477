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
import { createUnaryHandler } from './unary.ts'

/** The first bytes of an Ed25519 key in PKCS #8. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const KEY_LENGTH = 32

/**
 * Serves credentials of registries, which the daemon needs for base images, caches and pushes. It usually lets the
 * client fetch tokens (FetchToken) and verifies to which credentials they belong (TokenAuthority), so that passwords do
 * not leave this machine.
 */
export function serveAuth(
  { credentials, send }: Pick<SessionProviders, 'credentials' | 'send'>,
  announce: Announce,
): Methods {
  const keyring = new Keyring(credentials)
  return {
    '/moby.filesync.v1.Auth/Credentials': createUnaryHandler(
      CredentialsRequestSchema,
      CredentialsResponseSchema,
      async ({ Host: host }) => {
        const { username: Username, secret: Secret } = login(await keyring.get(host))
        if (Secret === '') return { Username, Secret }
        return announce(`sharing credentials for ${host}`, async () => ({ Username, Secret }))
      },
    ),
    '/moby.filesync.v1.Auth/FetchToken': createUnaryHandler(
      FetchTokenRequestSchema,
      FetchTokenResponseSchema,
      async (tokenRequest, call) => {
        const registryAuth = await keyring.get(tokenRequest.Host)
        const request = {
          clientId: tokenRequest.ClientID,
          realm: tokenRequest.Realm,
          service: tokenRequest.Service,
          scopes: tokenRequest.Scopes,
          ...login(registryAuth),
          signal: call.signal,
        }
        const fetch = () => fetchToken(request, registryAuth.registrytoken ?? '', send)
        const scopes = tokenRequest.Scopes.map((scope) => scope.replace(/^repository:/, '')).join(' ')
        const isSilent = request.secret === '' || registryAuth.registrytoken
        const token = await (isSilent ? fetch() : announce(`${scopes} token for ${tokenRequest.Host}`, fetch))
        return { Token: token.token, ExpiresIn: BigInt(token.expiresIn), IssuedAt: BigInt(token.issuedAt) }
      },
    ),
    '/moby.filesync.v1.Auth/GetTokenAuthority': createUnaryHandler(
      GetTokenAuthorityRequestSchema,
      GetTokenAuthorityResponseSchema,
      async ({ Host, Salt }) => ({ PublicKey: publicBytes(await keyring.authority(Host, Salt)) }),
    ),
    '/moby.filesync.v1.Auth/VerifyTokenAuthority': createUnaryHandler(
      VerifyTokenAuthorityRequestSchema,
      VerifyTokenAuthorityResponseSchema,
      async ({ Host, Payload, Salt }) => {
        const signature = sign(null, Payload, await keyring.authority(Host, Salt))
        return { Signed: Buffer.concat([signature, Payload]) }
      },
    ),
  }
}

/** Returns the name and password. An identity token is a password without a name. */
function login({ identitytoken, username = '', password = '' }: RegistryAuth) {
  return identitytoken ? { username: '', secret: identitytoken } : { username, secret: password }
}

/** Reads the credentials of each registry once, because a credential helper may prompt the user. */
class Keyring {
  readonly #credentials: SessionProviders['credentials']
  readonly #cache = new Map<string, Promise<RegistryAuth>>()
  /** The secret that token authorities are derived from. It is new for each build; docker stores it in a file. */
  readonly #seed = randomBytes(KEY_LENGTH)

  constructor(credentials: SessionProviders['credentials']) {
    this.#credentials = credentials
  }

  get(host: string): Promise<RegistryAuth> {
    const server = host === DOCKER_HUB_REGISTRY ? INDEX_SERVER : host
    const registryAuth = this.#cache.get(server) ?? this.#credentials(server)
    this.#cache.set(server, registryAuth)
    return registryAuth
  }

  /** Derives the key that identifies the credentials of a registry. Without credentials it depends on the salt only. */
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
