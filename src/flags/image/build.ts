import { checkVariable } from '../../domain/container/env.ts'
import { parseUlimit } from '../../domain/container/ulimit.ts'
import { parseCsvRecord } from '../../domain/go/csv.ts'
import { parseReference } from '../../domain/image/reference.ts'
import { checkLabel } from '../../domain/label.ts'
import { parseExtraHost } from '../../domain/network/name-service.ts'
import { parseRamBytes } from '../../domain/size.ts'
import { bool, type Describe, int, list, text, value } from '../flag.ts'
import { contentTrust } from '../shared.ts'
import { bytes, each } from '../values.ts'

/** The flags of `build` with docker's classic builder. */
export const classicBuildFlags = {
  'add-host': each({ summary: 'Add a host name for RUN, NAME:IP', read: parseExtraHost }),
  'build-arg': each({ summary: 'Set an ARG, NAME=value, or NAME for its value here', read: checkVariable }),
  'cache-from': records({ summary: 'Images whose layers may serve as cache' }),
  'cgroup-parent': text({ summary: 'Parent control group of RUN' }),
  compress: bool({ summary: 'Send the build context compressed by gzip' }),
  'cpu-period': int({ summary: 'Microseconds of a scheduling period' }),
  'cpu-quota': int({ summary: 'Microseconds that RUN may take of a period' }),
  'cpu-shares': int({ char: 'c', summary: 'Share of the CPUs, against 1024 of others' }),
  'cpuset-cpus': text({ summary: 'CPUs that RUN may use, such as 0-3 or 0,1' }),
  'cpuset-mems': text({ summary: 'Memory nodes that RUN may use' }),
  'disable-content-trust': contentTrust('verification'),
  file: text({ char: 'f', summary: 'The Dockerfile, if it is not PATH/Dockerfile; - for stdin' }),
  'force-rm': bool({ summary: 'Remove intermediate containers of failed builds too' }),
  iidfile: text({ summary: "Write the image's ID to a file" }),
  isolation: text({ summary: 'Isolation technology' }),
  label: each({ summary: 'Attach metadata to the image, KEY=value', read: checkLabel }),
  memory: bytes({ char: 'm', summary: 'Memory limit, such as 512m' }),
  'memory-swap': value({
    summary: 'Limit of memory and swap together; -1 for no limit',
    valueType: 'bytes',
    default: 0,
    read: (typed) => (typed === '-1' ? -1 : parseRamBytes(typed)),
  }),
  network: text({ default: 'default', minApi: '1.25', summary: 'Network of RUN: a name, host or none' }),
  'no-cache': bool({ summary: 'Do not take layers from earlier builds' }),
  platform: text({ minApi: '1.38', summary: 'Build for this platform, os/arch[/variant]' }),
  pull: bool({ summary: 'Ask for newer base images even if there are local ones' }),
  quiet: bool({ char: 'q', summary: "Print only the image's ID" }),
  rm: bool({ default: true, summary: 'Remove intermediate containers of a build that worked' }),
  'security-opt': records({ summary: 'Security option, KEY=value' }),
  'shm-size': bytes({ summary: 'Size of /dev/shm' }),
  squash: bool({ minApi: '1.25', isExperimental: true, summary: 'Make one layer of all new ones' }),
  tag: each({ char: 't', summary: 'Name the image, NAME[:TAG]', read: checkTag }),
  target: text({ summary: 'Stop behind this stage' }),
  ulimit: each({
    summary: 'Process limit of RUN, NAME=SOFT[:HARD]',
    valueType: 'ulimit',
    defaultText: '[]',
    read: parseUlimit,
  }),
}

/** A list whose every occurrence is one CSV record (pflag's stringSlice). */
function records(describe: Describe) {
  const read = (typed: string) => (typed === '' ? [] : parseCsvRecord(typed))
  return list({ ...describe, valueType: 'strings', read })
}

function checkTag(typed: string): string {
  parseReference(typed)
  return typed
}
