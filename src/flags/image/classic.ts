// The flags of `build` with docker's classic builder.
import { checkVariable } from '../../domain/container/env.ts'
import { parseReference } from '../../domain/image/reference.ts'
import { checkLabel } from '../../domain/label.ts'
import { parseExtraHost } from '../../domain/network/name-service.ts'
import { bool, each, int, strings, text } from '../flag.ts'
import { bytes, memorySwap, ulimits } from '../quantities.ts'
import { contentTrust } from '../shared.ts'

export const classicBuildFlags = {
  'add-host': each({ summary: 'Add an entry to /etc/hosts for RUN, NAME:IP', read: parseExtraHost }),
  'build-arg': each({
    summary: 'Set a build argument, NAME=VALUE, or pass a variable through, NAME',
    read: checkVariable,
  }),
  'cache-from': strings({ summary: 'Images to use as cache sources' }),
  'cgroup-parent': text({ summary: 'Parent control group of RUN processes' }),
  compress: bool({ summary: 'Compress the build context with gzip' }),
  'cpu-period': int({ summary: 'CPU scheduling period in microseconds' }),
  'cpu-quota': int({ summary: 'CPU time of RUN per period in microseconds' }),
  'cpu-shares': int({ char: 'c', summary: 'Relative CPU weight; the default is 1024' }),
  'cpuset-cpus': text({ summary: 'CPUs for RUN, such as 0-3 or 0,1' }),
  'cpuset-mems': text({ summary: 'Memory nodes for RUN, such as 0-3 or 0,1' }),
  'disable-content-trust': contentTrust('verification'),
  file: text({ char: 'f', summary: 'Path of the Dockerfile; the default is PATH/Dockerfile, - reads stdin' }),
  'force-rm': bool({ summary: 'Remove intermediate containers of failed builds too' }),
  iidfile: text({ summary: 'Write the image ID to a file' }),
  isolation: text({ summary: 'Isolation technology' }),
  label: each({ summary: 'Add a label to the image, KEY=VALUE', read: checkLabel }),
  memory: bytes({ char: 'm', summary: 'Memory limit, such as 512m' }),
  'memory-swap': memorySwap(),
  network: text({ default: 'default', minApi: '1.25', summary: 'Network for RUN: a name, host or none' }),
  'no-cache': bool({ summary: 'Do not use the build cache' }),
  platform: text({ minApi: '1.38', summary: 'Target platform, OS/ARCH[/VARIANT]' }),
  pull: bool({ summary: 'Always pull newer versions of the base images' }),
  quiet: bool({ char: 'q', summary: 'Print only the image ID' }),
  rm: bool({ default: true, summary: 'Remove intermediate containers of successful builds' }),
  'security-opt': strings({ summary: 'Set a security option, KEY=VALUE' }),
  'shm-size': bytes({ summary: 'Size of /dev/shm' }),
  squash: bool({ minApi: '1.25', isExperimental: true, summary: 'Squash the new layers into one' }),
  tag: each({ char: 't', summary: 'Tag the image, NAME[:TAG]', read: checkTag }),
  target: text({ summary: 'Target build stage' }),
  ulimit: ulimits({ summary: 'Limit the resources of RUN processes, NAME=SOFT[:HARD]' }),
}

function checkTag(typed: string): string {
  parseReference(typed)
  return typed
}
