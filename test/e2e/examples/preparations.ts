import { unpackPython } from '../../support/greeter-plugin.ts'

const LOGIN = 'tug login -u gordon --password-stdin localhost:5000 < password.txt'
const LIST = 'tug manifest create --insecure localhost:5000/app:1.0 localhost:5000/app:1.0-amd64'
/** Pushes an image under two tags, as if they were images for two platforms. */
const PUSH_APP = ['amd64', 'arm64'].map(
  (arch) => `tug tag busybox localhost:5000/app:1.0-${arch} && tug push -q localhost:5000/app:1.0-${arch}`,
)
const PUSH_FRIENDLYHELLO = [
  'tug tag friendlyhello localhost:5000/friendlyhello:1.0',
  'tug push -q localhost:5000/friendlyhello:1.0',
]
const MANIFESTS = [LOGIN, ...PUSH_APP, 'rm -rf "$DOCKER_CONFIG/manifests"']
const STAGING = [
  'rm -rf "$DOCKER_CONFIG/contexts" && tug context use default',
  'tug context create staging --docker host=ssh://deploy@staging.example.com',
]

/** Makes the directory from which the plugin `greeter` is created, and removes the plugins of other examples. */
const GREETER_FILES = [
  `mkdir greeter/rootfs && tug export web | ${unpackPython('greeter/rootfs')}`,
  'tug plugin rm -f localhost:5000/greeter localhost:5000/welcome hello || true',
]
const GREETER = [...GREETER_FILES, 'tug plugin create localhost:5000/greeter greeter']
const PUSH_GREETER = [LOGIN, ...GREETER, 'tug plugin push localhost:5000/greeter']

/**
 * What is done before each example of a command, in lines for a shell, beyond what every example finds: an image to
 * remove must exist, a container to resume must be paused. A key is an id or a group.
 */
const PREPARATIONS: Readonly<Record<string, readonly string[]>> = {
  'container:unpause': ['tug pause web'],
  context: STAGING,
  'context:import': [...STAGING, 'tug context export staging staging.dockercontext'],
  'image:import': ['tug export -o rootfs.tar job'],
  'image:load': ['tug save -o images.tar busybox'],
  'image:pull': [LOGIN, ...PUSH_FRIENDLYHELLO],
  'image:push': [LOGIN, ...['1.0', '1.1'].map((tag) => `tug tag friendlyhello localhost:5000/friendlyhello:${tag}`)],
  // The second image takes the name of the first, which then has none.
  'image:rm': [
    'tug rm -f web',
    'tug tag busybox busybox:old',
    ...['a', 'b'].map((it) => `tug commit -m ${it} job new`),
  ],
  logout: [LOGIN],
  'manifest:annotate': [...MANIFESTS, `${LIST} localhost:5000/app:1.0-arm64`],
  'manifest:create': [...MANIFESTS, LIST],
  'manifest:inspect': MANIFESTS,
  'manifest:push': [...MANIFESTS, LIST],
  'manifest:rm': [...MANIFESTS, LIST],
  'network:rm': ['tug network create frontend'],
  plugin: GREETER,
  'plugin:create': GREETER_FILES,
  'plugin:disable': [...GREETER, 'tug plugin enable localhost:5000/greeter'],
  'plugin:push': [LOGIN, ...GREETER],
  'plugin:install': [...PUSH_GREETER, 'tug plugin rm localhost:5000/greeter'],
  'plugin:upgrade': PUSH_GREETER,
  'volume:rm': ['tug volume create cache'],
}

/** Returns what is done before an example of a command. @param id oclif's id */
export function preparationsOf(id: string): readonly string[] {
  return PREPARATIONS[id] ?? PREPARATIONS[id.replace(/:.*/, '')] ?? []
}
