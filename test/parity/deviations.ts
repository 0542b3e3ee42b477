import type { Part } from './compare.ts'

export interface Deviation {
  readonly group: string
  /** Matches the names of the cases it covers. */
  readonly cases: RegExp
  /** The parts in which tug differs from docker on purpose. A part that no longer differs fails the test. */
  readonly parts: readonly Part[]
  readonly because: string
}

/** Where tug means to differ from the reference client. Every other difference is a bug. */
export const deviations: readonly Deviation[] = [
  {
    group: 'build',
    cases: /--disable-content-trust=false/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'images cannot be verified, so a build that asks for it is refused, even where nothing would be verified',
  },
  {
    group: 'build',
    cases: /# DOCKER_BUILDKIT unset/,
    parts: ['stderr'],
    because: 'docker says how to install its buildx plugin, which would change nothing here',
  },
  {
    group: 'images',
    cases: /^(images|image ls|image list) a b\b/,
    parts: ['stderr'],
    because: "docker's sentence about too many arguments has a slip of the pen: \"SRun 'docker images --help'\"",
  },
  {
    group: 'images',
    cases: /--format \{\{ |# imagesFormat \{\{$/,
    parts: ['wire'],
    because: 'a template that cannot be read is refused before anything is asked of the daemon',
  },
  {
    group: 'images',
    cases: /# daemon 1\.24$/,
    parts: ['wire'],
    because: 'daemons older than 20.10 (API 1.41) are not supported, and 1.24 took another filter',
  },
  {
    group: 'ps',
    cases: /DOCKER_API_VERSION=bogus$/,
    parts: ['wire'],
    because: 'filters are not written in the form of API versions before 1.22',
  },
  {
    group: 'rm',
    cases: /^rm \.\.$/,
    parts: ['stderr', 'wire'],
    because:
      '`..` climbs out of the path: docker asks to delete /v1.50 itself; tug says that there is no such container',
  },
  {
    group: 'rmi',
    cases: /^rmi (a )?""/,
    parts: ['stderr', 'wire'],
    because: 'an empty name is refused before docker would send a DELETE for all of /images',
  },
  {
    group: 'rmi',
    cases: /^rmi " "/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: 'a blank name is no name, as docker says itself for containers',
  },
  {
    group: 'rmi',
    cases: /^rmi a\/\/b/,
    parts: ['wire'],
    because: 'the name is sent as it was typed; docker folds its slashes',
  },
  {
    group: 'rm',
    cases: /^rm a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker removes container b',
  },
  {
    group: 'stop',
    cases: /^(container )?stop \.\.$/,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks for /v1.50/stop',
  },
  {
    group: 'stop',
    cases: /^(container )?stop a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker stops container b',
  },
  {
    group: 'rmi',
    cases: /^rmi \.\.\/x/,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks to delete /v1.50/x',
  },
  {
    group: 'images',
    cases: /^images a b c -q$/,
    parts: ['stderr'],
    because: "docker's sentence about too many arguments has a slip of the pen: \"SRun 'docker images --help'\"",
  },
  {
    group: 'kill',
    cases: /^kill a\/\.\.\/b/,
    parts: ['exit', 'stdout', 'stderr', 'wire'],
    because: '`..` climbs out of the path: docker kills container b',
  },
  {
    group: 'kill',
    cases: /^kill \.\.$/,
    parts: ['stderr', 'wire'],
    because: '`..` climbs out of the path: docker asks for /v1.50/kill',
  },
]

export function deviationOf(group: string, name: string): Deviation | undefined {
  return deviations.find((deviation) => deviation.group === group && deviation.cases.test(name))
}
