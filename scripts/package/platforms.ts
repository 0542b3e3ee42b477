/** A platform that tug is packaged for, by the names of npm, of Bun and of Debian. */
export interface Platform {
  /** The name in file and package names: `linux-x64`. */
  readonly name: string
  /** npm's `os` and `cpu`, which are also `process.platform` and `process.arch`. */
  readonly os: 'linux' | 'darwin'
  readonly cpu: 'x64' | 'arm64'
  /** The npm package with Bun's runtime, without its scope. */
  readonly runtime: string
  /** The architecture of the Debian package; absent where there is none. */
  readonly debian?: 'amd64' | 'arm64'
}

export const PLATFORMS: readonly Platform[] = [
  { name: 'linux-x64', os: 'linux', cpu: 'x64', runtime: 'bun-linux-x64', debian: 'amd64' },
  { name: 'linux-arm64', os: 'linux', cpu: 'arm64', runtime: 'bun-linux-aarch64', debian: 'arm64' },
  { name: 'darwin-x64', os: 'darwin', cpu: 'x64', runtime: 'bun-darwin-x64' },
  { name: 'darwin-arm64', os: 'darwin', cpu: 'arm64', runtime: 'bun-darwin-aarch64' },
]

/** Returns the name of the npm package with a platform's executable. */
export function platformPackageName({ name }: Platform): string {
  return `tug-${name}`
}
