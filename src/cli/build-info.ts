import packageJson from '../../package.json' with { type: 'json' }

/** Filled in by the build: the commit that it was made from. */
declare const TUG_COMMIT: string | undefined

/** Filled in by the build: when that commit was made, in RFC 3339. */
declare const TUG_BUILD_TIME: string | undefined

/** The docker client whose behaviour tug follows. */
const DOCKER_VERSION = '28.2.2'

/** tug's own version. */
const TUG_VERSION = packageJson.version

/** The commit of this build; `dev` when run from its sources. */
export const BUILD_COMMIT = typeof TUG_COMMIT === 'undefined' ? 'dev' : TUG_COMMIT

/** When the commit of this build was made, in RFC 3339; empty when run from its sources. */
export const BUILD_TIME = typeof TUG_BUILD_TIME === 'undefined' ? '' : TUG_BUILD_TIME

/** What runs tug, where docker names its Go. */
export const RUNTIME =
  process.versions.bun === undefined ? `node${process.versions.node}` : `bun${process.versions.bun}`

/**
 * The client version that scripts compare: docker's, with tug's as semver build metadata, which no comparison counts.
 */
export const CLIENT_VERSION = `${DOCKER_VERSION}+tug.${TUG_VERSION}`

/** What `tug --version` prints; scripts read the number behind `Docker version`. */
export function versionLine(): string {
  return `Docker version ${CLIENT_VERSION}, build ${BUILD_COMMIT}`
}
