/** What `POST /auth` answers. */
export interface AuthAnswer {
  readonly Status?: string
  /** A token to keep instead of the password, where the registry gives one. */
  readonly IdentityToken?: string
}

/** What the Engine wants in X-Registry-Auth, as docker's client composes it. */
export interface RegistryAuth {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
  readonly email?: string
  readonly serveraddress?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}
