import { parseNetworkAttachment } from '../../domain/network/attachment.ts'
import { checkLink, parseDnsSearch, parseDnsServer, parseExtraHost } from '../../domain/network/name-service.ts'
import { bool, text, texts } from '../flag.ts'
import { each } from '../values.ts'

/** How the container is reached and what it reaches. Ports are read together, when the request is made. */
export const networkFlags = {
  'add-host': each({ summary: 'Add a host name, NAME:IP', read: parseExtraHost }),
  dns: each({ summary: 'Name server to ask', read: parseDnsServer }),
  'dns-option': texts({ summary: 'Resolver option', aliases: ['dns-opt'] }),
  'dns-search': each({ summary: 'Domain to search names in', read: parseDnsSearch }),
  expose: texts({ summary: 'Declare a port or a range of ports' }),
  ip: text({ summary: 'IPv4 address on the network' }),
  ip6: text({ summary: 'IPv6 address on the network' }),
  link: each({
    completes: 'containers to link',
    summary: 'Make another container known here, NAME[:ALIAS]',
    read: checkLink,
  }),
  'link-local-ip': texts({ summary: 'Link-local address on the network' }),
  'mac-address': text({ summary: 'Hardware address on the network' }),
  network: each({
    completes: 'networks',
    summary: 'Network to join, or a mode: bridge, host, none, container:NAME',
    valueType: 'network',
    aliases: ['net'],
    read: parseNetworkAttachment,
  }),
  'network-alias': texts({ summary: 'One more name on the network', aliases: ['net-alias'] }),
  publish: texts({ char: 'p', summary: 'Publish a port, [[IP:]HOSTPORT:]PORT[/PROTOCOL]' }),
  'publish-all': bool({ char: 'P', summary: 'Publish every exposed port on a free port of the host' }),
}
