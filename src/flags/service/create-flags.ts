import { checkVariable } from '../../domain/container/env.ts'
import { parseMount } from '../../domain/container/mount.ts'
import { parseUlimit } from '../../domain/container/ulimit.ts'
import { checkLabel } from '../../domain/label.ts'
import { parseNetworkAttachment } from '../../domain/network/attachment.ts'
import { parseDnsSearch, parseDnsServer, parseExtraHost } from '../../domain/network/name-service.ts'
import { parseServiceFile } from '../../domain/service/file.ts'
import { parsePlacementPreference } from '../../domain/service/placement.ts'
import { parseServicePorts } from '../../domain/service/port.ts'
import { checkGenericResource } from '../../domain/service/resource.ts'
import { text, texts, type ValuesOf } from '../flag.ts'
import { each } from '../values.ts'
import { commonFlags } from './common-flags.ts'
import { several } from './values.ts'

/** Every flag of `service create`. */
export const createFlags = {
  ...commonFlags,
  config: each({
    summary: "Make a swarm's config a file, NAME or source=…,target=…",
    valueType: 'config',
    minApi: '1.30',
    read: (typed) => parseServiceFile(typed, 'config'),
  }),
  constraint: texts({ summary: 'Run only on nodes that meet a condition, such as node.role==worker' }),
  'container-label': each({ summary: 'Attach metadata to the containers, KEY=value', read: checkLabel }),
  dns: each({ summary: 'Name server to ask', minApi: '1.25', read: parseDnsServer }),
  'dns-option': texts({ summary: 'Resolver option', minApi: '1.25' }),
  'dns-search': each({ summary: 'Domain to search names in', minApi: '1.25', read: parseDnsSearch }),
  'endpoint-mode': text({ summary: 'How the service is found: vip or dnsrr', default: 'vip' }),
  env: each({
    completes: 'environment variables',
    char: 'e',
    summary: 'Set a variable, KEY=value, or pass one on, KEY',
    read: checkVariable,
  }),
  'env-file': texts({ completes: 'files', summary: 'Read variables from a file, one a line' }),
  'generic-resource': each({ summary: 'Ask for what nodes declare to have, NAME=NUMBER', read: checkGenericResource }),
  group: texts({ summary: 'Join one more group', minApi: '1.25' }),
  host: each({ summary: 'Add a host name, NAME:IP', minApi: '1.25', read: parseExtraHost }),
  label: each({ char: 'l', summary: 'Attach metadata to the service, KEY=value', read: checkLabel }),
  mode: text({
    completes: ['replicated', 'global', 'replicated-job', 'global-job'],
    summary: 'What is run: replicated, global, replicated-job, global-job',
    default: 'replicated',
  }),
  mount: each({
    summary: 'Mount a directory, volume or tmpfs: type=…,source=…,target=…',
    valueType: 'mount',
    read: parseMount,
  }),
  name: text({ summary: 'Name of the service' }),
  network: each({
    completes: 'networks',
    summary: 'Network to join',
    valueType: 'network',
    read: parseNetworkAttachment,
  }),
  'placement-pref': each({
    summary: 'Spread the tasks over the values of a label, spread=LABEL',
    valueType: 'pref',
    minApi: '1.28',
    read: parsePlacementPreference,
  }),
  publish: several({
    char: 'p',
    summary: 'Publish a port on the nodes, [PUBLISHED:]PORT[/PROTOCOL]',
    valueType: 'port',
    read: parseServicePorts,
  }),
  secret: each({
    summary: "Give the containers a swarm's secret, NAME or source=…,target=…",
    valueType: 'secret',
    minApi: '1.25',
    read: (typed) => parseServiceFile(typed, 'secret'),
  }),
  sysctl: texts({ summary: 'Kernel setting, NAME=value', minApi: '1.40' }),
  ulimit: each({
    summary: 'Process limit, NAME=SOFT[:HARD]',
    valueType: 'ulimit',
    defaultText: '[]',
    minApi: '1.41',
    read: parseUlimit,
  }),
}

export type ServiceCreateFlags = ValuesOf<typeof createFlags>
