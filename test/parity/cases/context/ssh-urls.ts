import type { FileContent, ParityCase, ParityGroup } from '../../case.ts'

/**
 * An ssh client that records the arguments of its first start, reads the header section of a request and fails. It does not
 * know OpenSSH's `-G`.
 */
const ssh: FileContent = {
  mode: 0o755,
  text: '#!/bin/sh\n[ "$1" = -G ] && exit 1\n[ -e <dir>/trace ] || echo "$@" > <dir>/trace\nwhile read -r line; do case $line in ??*) ;; *) break ;; esac; done\nexit 7\n',
}

/** Values of `-H`. The ssh client is a fake one. */
const urls = [
  'ssh://h',
  'ssh://h/run/d.sock',
  'ssh://h/run//d.sock/',
  'ssh://h/../x',
  'ssh://h/./x',
  'ssh://h/%zz',
  'ssh://h/%',
  'ssh://h/a%2Fb',
  'ssh://h/a\tb',
  'ssh://h:22',
  'ssh://h:',
  'ssh://h:0',
  'ssh://h:022',
  'ssh://h:99999',
  'ssh://h:x',
  'ssh://h:-1',
  'ssh://h:22:23',
  'ssh://u@h',
  'ssh://u@h:22/x',
  'ssh://@h',
  'ssh://u:@h',
  'ssh://u:secret@h',
  'ssh://:secret@h',
  'ssh://u:secret@h:x',
  'ssh://u:se#cret@h',
  'ssh://u:se/cret@h',
  'ssh://u:se%zzcret@h',
  'ssh://u%20x@h',
  'ssh://u;v@h',
  'ssh://u@v@h',
  'ssh://u x@h',
  'ssh://-l@h',
  'ssh://-oProxyCommand=x',
  'ssh://-oProxyCommand=x/y',
  'ssh://[::1]',
  'ssh://[::1]:22',
  'ssh://[::1]:22/x',
  'ssh://[fe80::1%25lo]:22',
  'ssh://[fe80::1%lo]:22',
  'ssh://[::1',
  'ssh://::1',
  'ssh://%68',
  'ssh://h%20x',
  'ssh://h x',
  'ssh://h;x',
  'ssh://h_x',
  'ssh://h.',
  'ssh://H.Example',
  'ssh://é',
  'ssh://0x7f.1',
  'ssh://1',
  'ssh://h?',
  'ssh://h?x=1',
  'ssh://h#',
  'ssh://h#f',
  'ssh://',
  'ssh:///x',
  'ssh://u@',
  'ssh://u@/x',
  'ssh://:22',
  'ssh:h',
  'SSH://h',
  'Ssh://h',
  'ssh+x://h',
]

/** Paths that a shell would split into several words. docker quotes them since 28.3.2. */
const odd = [
  'ssh://h/',
  'ssh://h//',
  'ssh://h///',
  'ssh://h/a%20b;x',
  'ssh://h/a b',
  'ssh://h/$(id)',
  "ssh://h/a'b",
  `ssh://h/a'b"c$d\`e\\f`,
  'ssh://h/a"b',
  'ssh://h/é',
  'ssh://h/%C3%A9',
  'ssh://h/%0a',
  'ssh://h/%00',
  'ssh://h/a%7f',
  'ssh://h/%ff',
  'ssh://h/~x',
  'ssh://h/x:y=z,@%25+',
  'ssh://h/*?',
  'ssh://h/x?y',
]

const cases = urls.map(
  (url): ParityCase => ({
    argv: ['-H', url, 'ps'],
    files: { 'bin/ssh': ssh },
    outputs: ['trace'],
    env: { DOCKER_HOST: null },
  }),
)

/** URLs in DOCKER_HOST. */
const variables = ['ssh://h/x', 'ssh://u:secret@h', 'ssh://[::1]:22'].map(
  (url): ParityCase => ({
    argv: ['ps'],
    files: { 'bin/ssh': ssh },
    outputs: ['trace'],
    env: { DOCKER_HOST: url },
    note: `DOCKER_HOST=${url}`,
  }),
)

export const sshUrls: ParityGroup = { name: 'ssh-urls', cases: [...cases, ...variables] }

export const sshPaths: ParityGroup = {
  name: 'ssh-paths',
  since: '28.3',
  cases: odd.map((url) => ({
    argv: ['-H', url, 'ps'],
    files: { 'bin/ssh': ssh },
    outputs: ['trace'],
    env: { DOCKER_HOST: null, DOCKER_API_VERSION: '1.50' },
  })),
}
