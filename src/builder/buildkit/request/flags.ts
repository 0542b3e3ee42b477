import type { Ulimit } from '../../../domain/container/ulimit.ts'

/** The flags of `build` that say something to BuildKit. */
export interface BuildKitFlags {
  readonly 'add-host': readonly string[]
  readonly allow: readonly string[]
  readonly annotation: readonly string[]
  readonly attest: readonly string[]
  readonly 'build-arg': readonly string[]
  readonly 'build-context': readonly string[]
  readonly 'cache-from': readonly string[]
  readonly 'cache-to': readonly string[]
  /** What the frontend is asked in place of a build: `build`, or the last of `--call`, `--check` and `--print`. */
  readonly call: string
  readonly 'cgroup-parent': string
  readonly file: string
  readonly iidfile: string
  readonly label: readonly string[]
  readonly load: boolean
  readonly network: string
  readonly 'no-cache': boolean
  readonly 'no-cache-filter': readonly string[]
  readonly output: readonly string[]
  readonly platform: readonly string[]
  readonly provenance: string
  readonly pull: boolean
  readonly push: boolean
  readonly sbom: string
  readonly secret: readonly string[]
  readonly 'shm-size': number
  readonly ssh: readonly string[]
  readonly tag: readonly string[]
  readonly target: string
  readonly ulimit: readonly Ulimit[]
}
