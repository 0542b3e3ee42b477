import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { outside } from '../swarm/nodes.ts'

const digest = `sha256:${'cd'.repeat(32)}`
const manager: Replies = {
  'GET /info': json({ Swarm: { NodeID: 'n', LocalNodeState: 'active', ControlAvailable: true } }),
  'GET /networks': json([]),
  'GET /networks/*': failure(404, 'network not found'),
  'POST /networks/create': json({ Id: 'net1' }, 201),
  'GET /services': json([]),
  'POST /services/create': json({ ID: 'service1' }, 201),
  'POST /services/*/update': json({ Warnings: ['a warning'] }),
  'GET /distribution/*': json({ Descriptor: { digest }, Platforms: [{ architecture: 'amd64', os: 'linux' }] }),
  'GET /secrets/*': failure(404, 'secret not found'),
  'GET /configs/*': failure(404, 'config not found'),
  'POST /secrets/create': json({ ID: 'secret1' }, 201),
  'POST /configs/create': json({ ID: 'config1' }, 201),
  'GET /secrets': json([
    { ID: 'sid1', Spec: { Name: 's_a' } },
    { ID: 'sid2', Spec: { Name: 's_b' } },
    { ID: 'sid3', Spec: { Name: 'outer' } },
  ]),
  'GET /configs': json([
    { ID: 'cid1', Spec: { Name: 's_c' } },
    { ID: 'cid2', Spec: { Name: 's_d' } },
  ]),
}

const existing = (labels: object, image = `busybox:latest@${digest}`) =>
  json([
    {
      ID: 'service7',
      Version: { Index: 42 },
      Spec: {
        Name: 's_a',
        Labels: { 'com.docker.stack.namespace': 's', ...labels },
        TaskTemplate: { ContainerSpec: { Image: image }, ForceUpdate: 3 },
      },
    },
    { ID: 'service8', Version: { Index: 1 }, Spec: { Name: 's_old', Labels: { 'com.docker.stack.namespace': 's' } } },
  ])

const SIMPLE = 'services: {a: {image: busybox}}\n'

/** Returns a case that deploys one file as the stack `s`. */
function deploy(
  note: string,
  text: string,
  more: Partial<ParityCase> & { flags?: readonly string[] } = {},
): ParityCase {
  const { flags = ['-d'], ...rest } = more
  return {
    note,
    argv: ['stack', 'deploy', ...flags, '-c', 'stack.yaml', 's'],
    replies: manager,
    ...rest,
    files: { 'cwd/stack.yaml': text, 'cwd/a.txt': 'hush', 'cwd/b.txt': '\u0000\u0001', ...rest.files },
  }
}

/** Services that differ in one property, by a name for it. */
const PROPERTIES: Readonly<Record<string, string>> = {
  command: 'command: [sh, -c, "a b"], entrypoint: /bin/x y',
  environment: 'environment: {B: 1, A: "x=y", C: }',
  labels: 'labels: {x: y}, deploy: {labels: [a=b]}',
  hosts: 'extra_hosts: ["h:1.2.3.4", "i=::1"], hostname: h',
  dns: 'dns: [1.1.1.1, 8.8.8.8], dns_search: example.com',
  'dns search': 'dns_search: [a, b]',
  health: 'healthcheck: {test: curl x, interval: 5s, timeout: 1m, retries: 3, start_period: 2s, start_interval: 1s}',
  'health disabled': 'healthcheck: {disable: true}',
  'health disabled with a test': 'healthcheck: {disable: true, test: [a]}',
  'health empty': 'healthcheck: {}',
  process:
    'user: u, working_dir: /w, tty: true, stdin_open: true, read_only: true, init: false, stop_signal: SIGINT, stop_grace_period: 5s',
  capabilities: 'cap_add: [net_admin, ALL], cap_drop: [sys_time]',
  ulimits: 'ulimits: {nofile: 5, nproc: {soft: 1, hard: 2}}',
  sysctls: 'sysctls: {net.core.somaxconn: 1}',
  logging: 'logging: {driver: json-file, options: {max-size: 1m}}',
  'logging empty': 'logging: {}',
  isolation: 'isolation: process',
  'credential file': 'credential_spec: {file: x.json}',
  'credential registry': 'credential_spec: {registry: x}',
  'credentials of two kinds': 'credential_spec: {file: x, registry: y}',
  'credentials of three kinds': 'credential_spec: {file: x, registry: y, config: c}',
  ports: 'ports: ["8080:80", 443, {target: 53, published: 53, protocol: udp, mode: host}]',
  'restart always': 'restart: always',
  'restart on failure': 'restart: "on-failure:3"',
  'restart no': 'restart: "no"',
  'restart unknown': 'restart: sometimes',
  'restart invalid': 'restart: "on-failure:x"',
  'restart and policy':
    'restart: always, deploy: {restart_policy: {condition: none, delay: 0s, max_attempts: 0, window: 1s}}',
  'replicas zero': 'deploy: {replicas: 0}',
  global: 'deploy: {mode: global}',
  'global with replicas': 'deploy: {mode: global, replicas: 1}',
  job: 'deploy: {mode: replicated-job, replicas: 3}',
  'global job': 'deploy: {mode: global-job}',
  'unknown mode': 'deploy: {mode: some}',
  'endpoint mode': 'deploy: {endpoint_mode: DNSRR}',
  resources:
    'deploy: {resources: {limits: {cpus: "0.5", memory: 50M, pids: 5}, reservations: {cpus: "0.25", memory: 20M, generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}, {}]}}}',
  'resources empty': 'deploy: {resources: {limits: {}, reservations: {}}}',
  'cpus invalid': 'deploy: {resources: {limits: {cpus: x}}}',
  placement:
    'deploy: {placement: {constraints: [node.role==manager], preferences: [{spread: node.labels.a}], max_replicas_per_node: 2}}',
  updates:
    'deploy: {update_config: {parallelism: 0, delay: 1s, failure_action: rollback, monitor: 2s, max_failure_ratio: 0.3, order: start-first}, rollback_config: {}}',
  'oom score': 'oom_score_adj: 5',
  'bind mount': 'volumes: ["/a:/b:ro,rshared", {type: bind, source: /c, target: /d}]',
  'anonymous volume': 'volumes: ["/b", {type: volume, target: /c, read_only: true}]',
  'undefined volume': 'volumes: ["data:/b"]',
  'tmpfs mount': 'volumes: [{type: tmpfs, target: /a, tmpfs: {size: 1000}}, {type: tmpfs, target: /b}]',
  'tmpfs with a source': 'volumes: [{type: tmpfs, source: a, target: /a}]',
  'volume with bind options': 'volumes: [{type: volume, source: a, target: /a, bind: {}}]',
  'bind with volume options': 'volumes: [{type: bind, source: /a, target: /a, volume: {nocopy: true}}]',
  'bind with tmpfs options': 'volumes: [{type: bind, source: /a, target: /a, tmpfs: {size: 1}}]',
  'tmpfs with bind options': 'volumes: [{type: tmpfs, target: /a, bind: {}}]',
  'npipe mount': 'volumes: [{type: npipe, source: "//./pipe/a", target: /a, bind: {propagation: shared}}]',
  'npipe without a source': 'volumes: [{type: npipe, target: /a}]',
  'cluster volume group': 'volumes: [{type: cluster, source: "group:g", target: /a}]',
  'cluster volume undefined': 'volumes: [{type: cluster, source: g, target: /a}]',
  'unknown type': 'volumes: [{type: some, target: /a}]',
  'undefined network': 'networks: [n]',
  'undefined secret': 'secrets: [x]',
  'undefined config': 'configs: [x]',
  'unsupported options': 'build: ., links: [x], privileged: true, container_name: n, expose: [1]',
  'forbidden options': 'extends: x, cpuset: "0"',
}

const properties = Object.entries(PROPERTIES).map(([name, text]) =>
  deploy(name, `services: {a: {image: "busybox:1", ${text}}}\n`),
)

const sections: ParityCase[] = [
  deploy('no services', 'version: "3.8"\n'),
  deploy('no image', 'services: {a: {}}\n'),
  deploy('several services', 'services: {a: {image: x}, b: {image: y}, c: {image: z}}\n', {
    parallel: true,
    lenient: { stdout: { compare: 'lines', because: 'docker creates services in a random order' } },
  }),
  deploy(
    'network',
    'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {driver: d, driver_opts: {a: 1}, internal: true, attachable: true, labels: {x: y}, ipam: {driver: i, config: [{subnet: 10.1.0.0/16}]}}}\n',
  ),
  deploy(
    'network with aliases',
    'services: {a: {image: x, networks: {n: {aliases: [b, c], driver_opts: {k: v}}}}}\nnetworks: {n: {name: other}}\n',
  ),
  deploy(
    'external network',
    'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true, name: outer}}\n',
    {
      replies: { ...manager, 'GET /networks/outer': json({ Id: 'o', Name: 'outer', Scope: 'swarm' }) },
    },
  ),
  deploy(
    'external network of one host',
    'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true}}\n',
    {
      replies: { ...manager, 'GET /networks/n': json({ Id: 'o', Name: 'n', Scope: 'local' }) },
    },
  ),
  deploy('external network missing', 'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true}}\n'),
  deploy('external network refused', 'services: {a: {image: x, networks: [n]}}\nnetworks: {n: {external: true}}\n', {
    replies: { ...manager, 'GET /networks/n': failure(500, 'broken') },
  }),
  deploy('host network', 'services: {a: {image: x, networks: [h]}}\nnetworks: {h: {external: true, name: host}}\n'),
  deploy('unused network', 'services: {a: {image: x}}\nnetworks: {n: }\n'),
  deploy('existing network', SIMPLE, {
    replies: { ...manager, 'GET /networks': json([{ Id: 'x', Name: 's_default' }]) },
  }),
  deploy('network refused', SIMPLE, { replies: { ...manager, 'POST /networks/create': failure(403, 'no overlay') } }),
  deploy('default network', 'services: {a: {image: x}}\nnetworks: {default: {driver: bridge}}\n'),
  deploy(
    'volumes',
    'services: {a: {image: x, volumes: ["v:/v", "vw:/w:nocopy", "ext:/e", "named:/n"]}}\nvolumes: {v: , vw: {driver: d, driver_opts: {a: b}, labels: {c: d}}, ext: {external: true}, named: {name: q}}\n',
  ),
  deploy(
    'cluster volumes',
    'services: {a: {image: x, volumes: [{type: cluster, source: v, target: /v}]}}\nvolumes: {v: {name: w}}\n',
  ),
  deploy('secret', 'services: {a: {image: x, secrets: [a]}}\nsecrets: {a: {file: ./a.txt, labels: {x: y}}}\n'),
  deploy(
    'secrets in the order of their names',
    'services: {a: {image: x, secrets: [{source: b, target: t, uid: "1", gid: "2", mode: 0400}, o, a]}}\nsecrets: {a: {external: true, name: s_a}, b: {external: true, name: s_b}, o: {external: true, name: outer}}\n',
  ),
  deploy(
    'secret of a driver',
    'services: {a: {image: x, secrets: [a]}}\nsecrets: {a: {driver: vault, driver_opts: {k: v}, template_driver: golang}}\n',
  ),
  deploy('secret that exists', 'services: {a: {image: x, secrets: [a]}}\nsecrets: {a: {file: ./a.txt}}\n', {
    replies: {
      ...manager,
      'GET /secrets/s_a': json({ ID: 'sid1', Version: { Index: 5 } }),
      'POST /secrets/sid1/update': json(null),
    },
  }),
  deploy('secret that cannot be updated', 'services: {a: {image: x}}\nsecrets: {a: {file: ./a.txt}}\n', {
    replies: {
      ...manager,
      'GET /secrets/s_a': json({ ID: 'sid1', Version: { Index: 5 } }),
      'POST /secrets/sid1/update': failure(400, 'only updates to Labels are allowed'),
    },
  }),
  deploy('secret refused', 'services: {a: {image: x}}\nsecrets: {a: {file: ./a.txt}}\n', {
    replies: { ...manager, 'POST /secrets/create': failure(400, 'too large') },
  }),
  deploy('secret lookup refused', 'services: {a: {image: x}}\nsecrets: {a: {file: ./a.txt}}\n', {
    replies: { ...manager, 'GET /secrets/s_a': failure(500, 'broken') },
  }),
  deploy('secret file missing', 'services: {a: {image: x}}\nsecrets: {a: {file: ./missing.txt}}\n'),
  deploy('secret missing in the swarm', 'services: {a: {image: x, secrets: [a]}}\nsecrets: {a: {external: true}}\n', {
    replies: { ...manager, 'GET /secrets': json([]) },
  }),
  deploy(
    'secrets of one target',
    'services: {a: {image: x, secrets: [{source: a, target: t}, {source: b, target: t}]}}\nsecrets: {a: {external: true, name: s_a}, b: {external: true, name: s_b}}\n',
  ),
  deploy(
    'config',
    'services: {a: {image: x, configs: [c]}}\nconfigs: {c: {file: ./b.txt, template_driver: golang, labels: [l]}}\n',
  ),
  deploy(
    'config that exists',
    'services: {a: {image: x, configs: [{source: c, target: /t}]}}\nconfigs: {c: {file: ./b.txt}}\n',
    {
      replies: {
        ...manager,
        'GET /configs/s_c': json({ ID: 'cid1', Version: { Index: 5 } }),
        'POST /configs/cid1/update': json(null),
      },
    },
  ),
  deploy('config refused', 'services: {a: {image: x}}\nconfigs: {c: {file: ./b.txt}}\n', {
    replies: { ...manager, 'POST /configs/create': failure(400, 'too large') },
  }),
  deploy(
    'credential config',
    'services: {a: {image: x, configs: [d], credential_spec: {config: c}}}\nconfigs: {c: {external: true, name: s_c}, d: {external: true, name: s_d}}\n',
  ),
  deploy(
    'credential config of the stack',
    'services: {a: {image: x, credential_spec: {config: c}}}\nconfigs: {c: {file: ./b.txt}}\n',
  ),
  deploy('credential config undefined', 'services: {a: {image: x, credential_spec: {config: c}}}\n'),
]

const update = (labels: object, image?: string): Replies => ({ ...manager, 'GET /services': existing(labels, image) })
const sameImage = { 'com.docker.stack.image': 'busybox' }

const updates: ParityCase[] = [
  deploy('existing service', SIMPLE, { replies: update({}) }),
  deploy('existing service', SIMPLE, { replies: update(sameImage), flags: ['-d', '--resolve-image', 'changed'] }),
  deploy('existing service with another image', SIMPLE, {
    replies: update({}),
    flags: ['-d', '--resolve-image', 'changed'],
  }),
  deploy('existing service', SIMPLE, { replies: update(sameImage), flags: ['-d', '--resolve-image=never'] }),
  deploy('existing service with another image', SIMPLE, {
    replies: update({}),
    flags: ['-d', '--resolve-image=never'],
  }),
  deploy('update refused', SIMPLE, { replies: { ...update({}), 'POST /services/*/update': failure(400, 'bad') } }),
  deploy('update without a registry', SIMPLE, {
    replies: { ...update({}), 'GET /distribution/*': failure(403, 'no') },
  }),
  deploy('prune', SIMPLE, { replies: { ...update({}), 'DELETE *': json(null) }, flags: ['-d', '--prune'] }),
  deploy('prune refused', SIMPLE, {
    replies: { ...update({}), 'DELETE *': failure(500, 'broken') },
    flags: ['-d', '--prune'],
  }),
  deploy('prune everything', 'version: "3.8"\n', {
    replies: { ...update({}), 'DELETE *': json(null) },
    flags: ['-d', '--prune'],
  }),
]

const auths = { auths: { 'localhost:5000': { auth: Buffer.from('gordon:secret').toString('base64') } } }

const flags: ParityCase[] = [
  deploy('without --detach', SIMPLE, { flags: [] }),
  deploy('detached', SIMPLE, { flags: ['--detach=true'] }),
  deploy('quiet', SIMPLE, { flags: ['-d', '-q'] }),
  deploy('never', SIMPLE, { flags: ['-d', '--resolve-image', 'never'] }),
  deploy('changed', SIMPLE, { flags: ['-d', '--resolve-image', 'changed'] }),
  deploy('bogus', SIMPLE, { flags: ['-d', '--resolve-image', 'bogus'] }),
  deploy('without a registry', SIMPLE, { replies: { ...manager, 'GET /distribution/*': failure(403, 'no') } }),
  deploy('service refused', SIMPLE, { replies: { ...manager, 'POST /services/create': failure(400, 'bad') } }),
  deploy('service with warnings', SIMPLE, {
    replies: { ...manager, 'POST /services/create': json({ ID: 'x', Warnings: ['w'] }, 201) },
  }),
  deploy('registry credentials', 'services: {a: {image: "localhost:5000/x"}}\n', {
    flags: ['-d', '--with-registry-auth'],
    config: auths,
  }),
  deploy('without registry credentials', 'services: {a: {image: "localhost:5000/x"}}\n', { config: auths }),
  deploy('credentials for an invalid image', 'services: {a: {image: "UPPER"}}\n', {
    flags: ['-d', '--with-registry-auth'],
  }),
  deploy('invalid image', 'services: {a: {image: "UPPER"}}\n'),
  deploy('image with a digest', `services: {a: {image: "x@${digest}"}}\n`),
  deploy('outside of a swarm', SIMPLE, { replies: outside }),
  deploy('worker', SIMPLE, { replies: { 'GET /info': json({ Swarm: { LocalNodeState: 'active' } }) } }),
  deploy('info refused', SIMPLE, { replies: { 'GET /info': failure(500, 'broken') } }),
  deploy('invalid file', 'services: {a: {bogus: 1}}\n'),
  deploy('syntax error', 'services: {a\n'),
  deploy('API 1.29', SIMPLE, { apiVersion: '1.29' }),
  deploy('API 1.24', SIMPLE, { apiVersion: '1.24' }),
  deploy('API 1.26', SIMPLE, { apiVersion: '1.26', flags: ['-d', '--prune'] }),
  ...each(
    ['stack', 'deploy'],
    [
      [],
      ['s'],
      ['-c', 'stack.yaml'],
      ['-c', 'stack.yaml', 's', 't'],
      ['-c', 'stack.yaml', ''],
      ['-c', 'stack.yaml', '" "'],
      ['-c', 'missing.yaml', 's'],
      ['-d', '-c', 'stack.yaml', '-c', 'other.yaml', 's'],
      ['-c', 'stack.yaml', '--bogus', 's'],
    ],
    { replies: manager, files: { 'cwd/stack.yaml': SIMPLE, 'cwd/other.yaml': 'services: {a: {hostname: h}}\n' } },
  ),
  { argv: ['stack', 'up', '-d', '-c', '-', 's'], stdin: SIMPLE, replies: manager },
  { argv: ['stack', 'deploy', '--help'], lenient: helpIsOurs },
]

export const stackDeploy: ParityGroup = {
  name: 'stack-deploy',
  cases: [...properties, ...sections, ...updates, ...flags],
}
