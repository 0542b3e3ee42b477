import { helpIsOurs, type ParityGroup } from '../../case.ts'

const REQUEST = 'GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n'

const FAILING_SSH = '#!/bin/sh\necho "ssh: no route" >&2\nexit 255\n'

/** `system dial-stdio`, which the far side of `ssh://` endpoints runs. Cases with responses are in dial-stdio.test.ts. */
export const dialStdio: ParityGroup = {
  name: 'dial-stdio',
  cases: [
    { argv: ['system', 'dial-stdio'], daemon: 'none', stdin: REQUEST },
    { argv: ['system', 'dial-stdio'], note: 'without stdin', daemon: 'none' },
    { argv: ['-H', 'tcp://127.0.0.1:1', 'system', 'dial-stdio'], stdin: REQUEST },
    { argv: ['-H', 'tcp://[::1]:1/base', 'system', 'dial-stdio'], stdin: REQUEST },
    { argv: ['-H', 'unix://<dir>/file', 'system', 'dial-stdio'], files: { file: '' } },
    { argv: ['-H', 'nosuch://x', 'system', 'dial-stdio'] },
    {
      argv: ['-H', 'ssh://me@nosuch.invalid', 'system', 'dial-stdio'],
      files: { 'bin/ssh': { text: FAILING_SSH, mode: 0o755 } },
    },
    { argv: ['--tlsverify', '-H', 'tcp://127.0.0.1:1', 'system', 'dial-stdio'], stdin: REQUEST },
    { argv: ['system', 'dial-stdio', 'x'] },
    { argv: ['system', 'dial-stdio', '-x'] },
    { argv: ['system', 'dial-stdio', '--host', 'x'] },
    { argv: ['system', 'dial-stdio', '--help'], lenient: helpIsOurs },
    { argv: ['__completeNoDesc', 'system', 'd'] },
    { argv: ['__completeNoDesc', 'system', 'dial-stdio', ''] },
  ],
}
