import { bool, text, texts, type ValuesOf } from '../flag.ts'
import { commonFlags } from './common-flags.ts'
import { createFlags } from './create-flags.ts'
import { command } from './values.ts'

/** What is taken away from the service. */
const removals = {
  'config-rm': texts({ summary: 'Take a config away', minApi: '1.30' }),
  'constraint-rm': texts({ summary: 'Drop a condition for nodes' }),
  'container-label-rm': texts({ summary: 'Take a label away from the containers' }),
  'dns-option-rm': texts({ summary: 'Drop a resolver option', minApi: '1.25' }),
  'dns-rm': texts({ summary: 'Drop a name server', minApi: '1.25' }),
  'dns-search-rm': texts({ summary: 'Drop a search domain', minApi: '1.25' }),
  'env-rm': texts({ summary: 'Unset a variable' }),
  'generic-resource-rm': texts({ summary: 'No longer ask for what nodes declare to have' }),
  'group-rm': texts({ summary: 'Leave a group', minApi: '1.25' }),
  'host-rm': texts({ summary: 'Drop a host name, NAME[:IP]', minApi: '1.25' }),
  'label-rm': texts({ summary: 'Take a label away from the service' }),
  'mount-rm': texts({ summary: 'Drop a mount, by the path inside' }),
  'network-rm': texts({ summary: 'Leave a network', minApi: '1.29' }),
  'placement-pref-rm': { ...createFlags['placement-pref'], summary: 'No longer spread the tasks, spread=LABEL' },
  'publish-rm': withoutLetter({ ...createFlags.publish, summary: 'No longer publish a port, by the port inside' }),
  'secret-rm': texts({ summary: 'Take a secret away', minApi: '1.25' }),
  'sysctl-rm': texts({ summary: 'Drop a kernel setting', minApi: '1.40' }),
  'ulimit-rm': texts({ summary: 'Drop a process limit', minApi: '1.41' }),
}

/** What the service is given, or given anew. */
const additions = {
  'config-add': createFlags.config,
  'constraint-add': createFlags.constraint,
  'container-label-add': createFlags['container-label'],
  'dns-add': createFlags.dns,
  'dns-option-add': createFlags['dns-option'],
  'dns-search-add': createFlags['dns-search'],
  'env-add': withoutLetter(createFlags.env),
  'generic-resource-add': createFlags['generic-resource'],
  'group-add': createFlags.group,
  'host-add': { ...createFlags.host, minApi: '1.32' },
  'label-add': withoutLetter(createFlags.label),
  'mount-add': createFlags.mount,
  'network-add': { ...createFlags.network, minApi: '1.29' },
  'placement-pref-add': createFlags['placement-pref'],
  'publish-add': withoutLetter(createFlags.publish),
  'secret-add': createFlags.secret,
  'sysctl-add': createFlags.sysctl,
  'ulimit-add': createFlags.ulimit,
}

/** Every flag of `service update`; what is not given stays as it is. */
export const updateFlags = {
  ...commonFlags,
  ...removals,
  ...additions,
  args: command({ summary: 'What is run in the containers, with its arguments' }),
  'endpoint-mode': text({ summary: 'How the service is found: vip or dnsrr' }),
  force: bool({ summary: 'Replace the tasks even if nothing changes', minApi: '1.25' }),
  image: text({ completes: 'images', summary: 'Image of the containers' }),
  rollback: bool({ summary: 'Go back to what the service was before its last update', minApi: '1.25' }),
}

export type ServiceUpdateFlags = ValuesOf<typeof updateFlags>

function withoutLetter<T extends { char?: unknown }>({ char: _, ...flag }: T): Omit<T, 'char'> {
  return flag
}
