/** Hints that need no request, because the message says everything: most are about values written in a wrong way. */
import { posix } from 'node:path'
import { type Advice, adviceFor } from '../../domain/advice.ts'
import { START_ADVICE } from '../../domain/container/start-advice.ts'
import { BUILD_ADVICE } from '../../domain/image/build-advice.ts'
import { registryHint } from '../../domain/registry/hint.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { programName } from '../program-name.ts'

const SIZES = 'write a number and one of b, k, m and g, as in 512m; a number alone means bytes'

const WRITTEN: readonly Advice[] = [
  [
    /^(?:\S+: )?(?:invalid (?:containerPort|hostPort|IP address|proto)|no port specified)\b.*/,
    () => 'write -p HOST_PORT:CONTAINER_PORT with numbers up to 65535, as in -p 8080:80 or -p 127.0.0.1:8080:80/tcp',
  ],
  [/unknown shorthand flag: '\d' in -(\d+:\d+\S*)/, ([ports]) => `publish a port with a small letter: -p ${ports}`],
  [/invalid mode: /, () => 'write -v SOURCE:TARGET, or -v SOURCE:TARGET:OPTIONS with options such as ro'],
  [
    /invalid mount path: '([^']*)' mount path must be absolute/,
    ([path]) => `the path in the container has to begin with a slash: /${path}`,
  ],
  [
    /create ([^\s:]+): "[^"]*" includes invalid characters for a local volume name/,
    ([path]) => `to mount a directory, begin its path with a slash or a dot: -v ./${path}:TARGET`,
  ],
  [
    /bind source path does not exist: (\S+)/,
    ([path = '']) =>
      `create it on the daemon's host with: mkdir -p ${quoteShellWord(path)}; -v creates a missing directory, --mount does not`,
  ],
  [
    /invalid field '([^':]+):([^':]+)' must be a key=value pair/,
    ([source, target]) => `write --mount type=bind,source=${source},target=${target}, or -v ${source}:${target}`,
  ],
  [/invalid (?:suffix|size): '/, () => SIZES],
  [/Minimum memory limit allowed/, () => SIZES],
  [
    /^(?:\S+: )?(?:ERROR: failed to build: )?(?:invalid tag "[^"]*": )?invalid reference format$/m,
    () => 'write an image as NAME:TAG or REGISTRY/NAME:TAG, in small letters and without https:// or spaces',
  ],
  [
    /does not match the specified platform: wanted (\S+), actual: (\S+)/,
    ([wanted, actual]) =>
      `the image is for ${actual}: leave --platform out, or use an image that is made for ${wanted}`,
  ],
  [
    /'(\S+) exec' requires at least 2 arguments/,
    ([program]) => `name the container and a program, as in: ${program} exec -it CONTAINER sh`,
  ],
  [
    /'(\S+) build' requires 1 argument/,
    ([program]) => `name the directory of the Dockerfile; a dot is the working directory: ${program} build .`,
  ],
  [
    /'(\S+) run' requires at least 1 argument/,
    ([program]) => `name an image after the flags, as in: ${program} run -it busybox`,
  ],
  [
    /Could not find the file (\S+) in container (\S+)/,
    ([path = '', container = ''], program) =>
      `list what is there with: ${program} exec ${quoteShellWord(container)} ls -a ${quoteShellWord(posix.dirname(path))}`,
  ],
  [
    /docker-import-\d+\/repositories: no such file|invalid archive: does not contain a manifest\.json/,
    (_, program) =>
      `this is not an archive that '${program} save' wrote; for the archive of a file system use: ${program} import`,
  ],
  [
    /You cannot attach to a stopped container/,
    (_, program) => `start it and attach to it with: ${program} start -ai CONTAINER`,
  ],
  [
    /(?:Get|Head) "https?:\/\/([^/"]+)\/v2\/[^"]*": (.*)/,
    ([registry = '', reason = ''], program) => registryHint(registry, reason, program),
  ],
  [
    /login attempt .* status: 401|incorrect username or password/,
    () =>
      'check the user name and the password; an account with two-factor authentication needs an access token as password',
  ],
  [/can't evaluate field \S+ in type/, () => 'list the fields with: --format json'],
  [
    /No such container: |no container with name or ID /,
    (_, program) => `list all containers, also stopped ones, with: ${program} ps -a`,
  ],
  [/No such image: |does not exist locally with the tag: /, (_, program) => `list the images with: ${program} images`],
  [/network \S+ not found/, (_, program) => `list the networks with: ${program} network ls`],
  [/get \S+: no such volume/, (_, program) => `list the volumes with: ${program} volume ls`],
  [/context "[^"]*": context not found/, (_, program) => `list the contexts with: ${program} context ls`],
  [/invalid bind address format: https?:\/\/(\S+)/, ([host]) => `write tcp://${host}`],
  [
    /unable to resolve docker endpoint: (?:invalid bind address format|unable to parse docker host)/,
    () => 'write unix:///PATH, tcp://HOST:PORT or ssh://USER@HOST',
  ],
  [
    /unable to resolve docker endpoint: open \S+\/(?:ca|cert|key)\.pem: no such file/,
    () => 'set DOCKER_CERT_PATH to the directory that has ca.pem, cert.pem and key.pem',
  ],
  [
    /no space left on device/,
    (_, program) =>
      `see what uses the disk with: ${program} system df; remove what is not used with: ${program} system prune`,
  ],
  [
    /[Pp]ool overlaps with other one|non-overlapping IPv4 address pool|predefined address pools have been fully subnetted/,
    (_, program) => `choose another range with --subnet, or remove unused networks with: ${program} network prune`,
  ],
]

/** Returns the hint for an error whose message says everything that the hint needs; empty if there is none. */
export function writtenHint(message: string): string {
  // A build that cannot reach a registry says which one, but the image in FROM is what can be changed.
  return adviceFor([...BUILD_ADVICE, ...WRITTEN, ...START_ADVICE], message, programName())
}
