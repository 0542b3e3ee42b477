/** The versions of this build and of its runtime. */
import packageJson from '../../package.json' with { type: 'json' }

/** The commit that was built. The build defines it. */
declare const TUG_COMMIT: string | undefined

/** The date of that commit in RFC 3339. The build defines it. */
declare const TUG_BUILD_TIME: string | undefined

/** The version of the docker client whose behaviour tug has. */
const DOCKER_VERSION = '28.2.2'

/** tug's own version. */
const TUG_VERSION = packageJson.version

/** The commit of this build; `dev` when run from source. */
export const BUILD_COMMIT = typeof TUG_COMMIT === 'undefined' ? 'dev' : TUG_COMMIT

/** The date of this build's commit in RFC 3339; empty when run from source. */
export const BUILD_TIME = typeof TUG_BUILD_TIME === 'undefined' ? '' : TUG_BUILD_TIME

/** The JavaScript runtime and its version. `version` prints it where docker prints its Go version. */
export const RUNTIME =
  process.versions.bun === undefined ? `node${process.versions.node}` : `bun${process.versions.bun}`

/** The client version for scripts: docker's, with tug's as semver build metadata, which comparisons ignore. */
export const CLIENT_VERSION = `${DOCKER_VERSION}+tug.${TUG_VERSION}`

/** The version of docker's plugin buildx whose commands tug has, with tug's as semver build metadata. */
export const BUILDX_VERSION = `v0.29.1+tug.${TUG_VERSION}`

/** Returns the line of `tug --version`. Scripts parse the number after `Docker version`. */
export function versionLine(): string {
  return `Docker version ${CLIENT_VERSION}, build ${BUILD_COMMIT}`
}
