import { expect, test } from 'vitest'
import { runFlags } from '../../../src/flags/container/create.ts'
import type { FlagArgument } from '../../../src/flags/container/flag-argument.ts'
import { overrideFlags } from '../../../src/flags/container/override.ts'

/** Reads `name=value name` as flags. */
const flagsOf = (text: string): FlagArgument[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [name = '', ...value] = word.split('=')
      return value.length === 0 ? { name } : { name, value: value.join('=') }
    })

const textOf = (flags: readonly FlagArgument[]) =>
  flags.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)).join(' ')

test.each([
  ['a value', 'memory=1g cpus=2', 'memory=2g', 'cpus=2 memory=2g'],
  ['a switch', 'rm init', 'rm=false', 'init rm=false'],
  ['a variable', 'env=A=1 env=B=2', 'env=A=3 env=C=4', 'env=B=2 env=A=3 env=C=4'],
  ['a label', 'label=a=1 label=b', 'label=b=2', 'label=a=1 label=b=2'],
  ['a port', 'publish=80:80 publish=81:81/udp', 'publish=90-91:80-81', 'publish=81:81/udp publish=90-91:80-81'],
  ['a host', 'add-host=db:1.1.1.1', 'add-host=db=2.2.2.2', 'add-host=db=2.2.2.2'],
  ['an alias of a link', 'link=db:store link=mail', 'link=other:store', 'link=mail link=other:store'],
  ['a device', 'device=/dev/a:/dev/x:r', 'device=/dev/b:/dev/x', 'device=/dev/b:/dev/x'],
  ['a limit of a device', 'device-read-bps=/dev/a:1k', 'device-read-bps=/dev/a:2k', 'device-read-bps=/dev/a:2k'],
  [
    'a mount point of another kind',
    'volume=/a volume=v:/b tmpfs=/c:size=1',
    'mount=type=tmpfs,target=/a tmpfs=/b volume=x:/c',
    'mount=type=tmpfs,target=/a tmpfs=/b volume=x:/c',
  ],
  ['all networks', 'network=a ip=1.1.1.1 network-alias=x network=b', 'network=c', 'network=c'],
  ['the address on a network', 'network=a ip=1.1.1.1', 'ip=1.1.1.2', 'network=a ip=1.1.1.2'],
  ['no health check', 'no-healthcheck', 'health-cmd=true', 'health-cmd=true'],
  ['the health check', 'health-cmd=true health-retries=3', 'no-healthcheck', 'no-healthcheck'],
  [
    'a part of the health check',
    'health-cmd=true health-retries=3',
    'health-retries=4',
    'health-cmd=true health-retries=4',
  ],
  ['nothing of a list', 'cap-add=A dns=1.1.1.1', 'cap-add=B cap-add=A', 'dns=1.1.1.1 cap-add=B cap-add=A'],
  ['the devices of a driver', 'gpus=1', 'gpus=all', 'gpus=all'],
])('replaces %s', (_, own, typed, expected) => {
  expect(textOf(overrideFlags(flagsOf(own), flagsOf(typed), [], runFlags))).toBe(expected)
})

test('drops all values of a flag', () => {
  const own = flagsOf('publish=80 publish=81 env=A=1')
  expect(textOf(overrideFlags(own, flagsOf('publish=82'), ['publish'], runFlags))).toBe('env=A=1 publish=82')
})
