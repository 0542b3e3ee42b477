import { describe, expect, test } from 'vitest'
import { writtenHint } from '../../../src/cli/hints/written.ts'

const started = (reason: string) =>
  `tug: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ${reason}: unknown\n\nRun 'tug run --help' for more information`
const built = (reason: string) => `failed to solve: ${reason}`

// The messages of tug, of engines 20.10 to 28 and of runc.
describe('the hint for', () => {
  test.each([
    ['tug: invalid containerPort: abc', 'as in -p 8080:80'],
    ['tug: invalid hostPort: 99999', 'numbers up to 65535'],
    ['tug: invalid IP address: 80', '-p 127.0.0.1:8080:80/tcp'],
    ["unknown shorthand flag: '8' in -8080:80", 'publish a port with a small letter: -p 8080:80'],
  ])('a port: %s', (message, hint) => expect(writtenHint(message)).toContain(hint))

  test.each([
    ['Error response from daemon: invalid mode: xx', '-v SOURCE:TARGET:OPTIONS'],
    [
      `invalid volume specification: 'data:app': invalid mount config for type "volume": invalid mount path: 'app' mount path must be absolute`,
      'begin with a slash: /app',
    ],
    [
      'create data/sub: "data/sub" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path',
      '-v ./data/sub:TARGET',
    ],
    [
      'invalid mount config for type "bind": bind source path does not exist: /no it',
      "on the daemon's host with: mkdir -p /no;",
    ],
    [
      `invalid argument "/x:/y" for "--mount" flag: invalid field '/x:/y' must be a key=value pair`,
      'write --mount type=bind,source=/x,target=/y, or -v /x:/y',
    ],
    [
      'not a directory: unknown: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type',
      'both be directories or both be files',
    ],
  ])('a mount: %s', (message, hint) => expect(writtenHint(message)).toContain(hint))

  test.each([
    [
      'exec: "--name": executable file not found in $PATH',
      '"--name" was taken as the program to run: write flags before',
    ],
    ['exec: "npm start": executable file not found in $PATH', 'there is no program called "npm start"'],
    ['exec: "bash": executable file not found in $PATH', 'the image has no bash: try sh'],
    ['exec: "/bin/bash": stat /bin/bash: no such file or directory', 'the image has no /bin/bash: try sh'],
    ['exec: "nosuch": executable file not found in $PATH', 'the image has no program nosuch'],
    ['exec: "/app/run.sh": permission denied', 'chmod +x run.sh'],
    ['exec: "/app/it is.sh": permission denied', "chmod +x 'it is.sh'"],
  ])('a program that cannot be started: %s', (reason, hint) => expect(writtenHint(started(reason))).toContain(hint))

  test.each([
    ['exec /run.sh: no such file or directory\r\n', "sed -i 's/\\r$//' run.sh"],
    ['standard_init_linux.go:228: exec user process caused: no such file or directory', ''],
    ['exec /prog: exec format error', '/prog is a program for another processor, or a script without #!'],
    ['exec "/prog": exec format error', '/prog is a program for another processor'],
  ])('a program whose start the runtime reports as output: %s', (output, hint) => {
    if (hint === '') expect(writtenHint(output)).toBe('')
    else expect(writtenHint(output)).toContain(hint)
  })

  test.each([
    [
      'failed to read dockerfile: open /var/lib/docker/tmp/buildkit-mount205/Dockerfile: no such file or directory',
      'has no Dockerfile',
    ],
    ['failed to read dockerfile: open docker/prod: no such file or directory', 'has no prod'],
    ['dockerfile parse error line 1: unknown instruction: FORM', '"FORM" is not an instruction'],
    ['failed to create LLB definition: no build stage in current context', 'begin the Dockerfile with FROM IMAGE'],
    ['failed to compute cache key: "/nofile" not found: not found', 'tug build --show-context .'],
    [
      'failed to compute cache key: failed to calculate checksum of ref 5::8: "/nofile": not found',
      'tug build --show-context .',
    ],
    ['failed to compute cache key: failed to walk /tmp/b: lstat /tmp/b: no such file or directory', '--show-context'],
    ['executor failed running [/bin/sh -c nosuch]: exit code: 127', 'a program was not found'],
    ['process "/bin/sh -c make" did not complete successfully: exit code: 127', 'a program was not found'],
    ['process "/bin/sh -c make" did not complete successfully: exit code: 137', 'too little memory'],
    ['process "/bin/sh -c make" did not complete successfully: exit code: 2', ''],
    ['nosuch: pull access denied, repository does not exist or may require authorization', 'check the name in FROM'],
    [
      'failed to do request: Head "https://r/v2/": dial tcp: lookup r on 1.1.1.1:53: no such host',
      "the daemon's network",
    ],
    ['dockerfile parse error on line 1: unknown instruction: FORM (did you mean FROM?)', ''],
  ])('a build: %s', (reason, hint) => {
    if (hint === '') expect(writtenHint(built(reason))).toBe('')
    else expect(writtenHint(built(reason))).toContain(hint)
  })

  test.each([
    ['b/Dockerfile', 'build -f b/Dockerfile b/'],
    ['Dockerfile.dev', 'build -f Dockerfile.dev .'],
  ])('a build of the file %s instead of its directory', (path, command) =>
    expect(writtenHint(`ERROR: failed to build: unable to prepare context: path "${path}" not found`)).toContain(
      command,
    ))

  test.each([
    [`invalid argument "10x" for "-m, --memory" flag: invalid suffix: 'x'`, 'as in 512m'],
    ['Error response from daemon: Minimum memory limit allowed is 6MB', 'a number alone means bytes'],
    ["tug: invalid reference format\n\nRun 'tug run --help' for more information", 'write an image as NAME:TAG'],
    ['ERROR: failed to build: invalid tag "my app": invalid reference format', 'write an image as NAME:TAG'],
    [
      'image with reference a does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
      'the image is for linux/amd64',
    ],
    ['unable to find user nosuch: no matching entries in passwd file', 'the image has no user nosuch'],
    ['could not select device driver "" with capabilities: [[gpu]]', 'NVIDIA Container Toolkit'],
    ["docker: 'docker exec' requires at least 2 arguments", 'docker exec -it CONTAINER sh'],
    ["tug: 'tug build' requires 1 argument", 'tug build .'],
    ["tug: 'tug run' requires at least 1 argument", 'tug run -it busybox'],
    ['Could not find the file /no it/x in container web', ''],
    ['Could not find the file /etc/x in container web', 'tug exec web ls -a /etc'],
    ['open /var/lib/docker/tmp/docker-import-29/repositories: no such file or directory', 'tug import'],
    ['You cannot attach to a stopped container, start it first', 'tug start -ai CONTAINER'],
    ["can't evaluate field Foo in type *formatter.ContainerContext", '--format json'],
    ['context "x": context not found: open /x/meta.json: no such file or directory', 'tug context ls'],
    ['unable to resolve docker endpoint: invalid bind address format: http://localhost:1', 'write tcp://localhost:1'],
    ['unable to resolve docker endpoint: open /c/ca.pem: no such file or directory', 'DOCKER_CERT_PATH'],
    ['write /var/lib/docker/tmp/x: no space left on device', 'tug system prune'],
    ['Pool overlaps with other one on this address space', '--subnet'],
    ['Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused', 'cannot reach 127.0.0.1:1'],
    ['Get "https://reg/v2/": http: server gave HTTP response to HTTPS client', '"insecure-registries"'],
    ['unauthorized: incorrect username or password', 'check the user name and the password'],
    ['Error response from daemon: page not found', ''],
  ])('%s', (message, hint) => {
    if (hint === '') expect(writtenHint(message)).toBe('')
    else expect(writtenHint(message)).toContain(hint)
  })
})
