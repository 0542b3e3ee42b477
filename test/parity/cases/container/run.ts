import { type Frame, failure, json } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { created, ID, noImage, pulled, running } from './run-replies.ts'

const hello: readonly Frame[] = [{ stdout: 'out 1\n' }, { stderr: 'err 1\n' }, { stdout: 'out 2\n' }]

const cases: ParityCase[] = [
  { argv: ['run', 'img'], replies: running({ frames: hello }) },
  { argv: ['run', '--rm', 'img', 'echo', '-n', 'x'], replies: running({ frames: hello }) },
  { argv: ['run', 'img', 'false'], replies: running({ exit: 1 }) },
  { argv: ['run', 'img', 'exit', '42'], replies: running({ frames: hello, exit: 42 }) },
  { argv: ['run', '--rm', 'img', 'exit', '137'], replies: running({ exit: 137 }) },
  { argv: ['run', '-d', 'img'], replies: running() },
  { argv: ['run', '-d', '--rm', '--name', 'x', '-p', '80:80', 'img'], replies: running() },
  { argv: ['run', '-dit', 'img'], replies: running() },
  { argv: ['run', '-itd', 'img', 'sh'], replies: running() },
  { argv: ['run', '-t', 'img'], replies: running({ raw: 'raw output\r\n' }) },
  { argv: ['run', '-it', 'img'], replies: running({ raw: 'raw output\r\n' }), stdin: '' },
  { argv: ['run', '-it', 'img'], replies: running({ raw: 'raw output\r\n' }), note: 'stdin is /dev/null' },
  { argv: ['run', '-i', 'img', 'cat'], stdin: 'one\ntwo\n', replies: running({ frames: hello, readsStdin: true }) },
  { argv: ['run', '-i', '--rm', 'img', 'cat'], stdin: '', replies: running({ readsStdin: true }), note: 'empty stdin' },
  {
    argv: ['run', '-i', 'img', 'cat'],
    stdin: 'x'.repeat(200_000),
    replies: running({ frames: [{ stdout: 'y'.repeat(200_000) }], readsStdin: true }),
    note: 'large stdin',
  },
  { argv: ['run', 'img', 'cat'], stdin: 'not sent', replies: running({ frames: hello }), note: 'stdin without -i' },
  { argv: ['run', '-a', 'stdout', 'img'], replies: running({ frames: [{ stdout: 'out\n' }] }) },
  { argv: ['run', '-a', 'stderr', 'img'], replies: running({ frames: [{ stderr: 'err\n' }] }) },
  { argv: ['run', '-a', 'stdout', '-a', 'stderr', 'img'], replies: running({ frames: hello }) },
  { argv: ['run', '-a', 'stdin', 'img'], stdin: 'in', replies: running({ readsStdin: true }) },
  { argv: ['run', '-a', 'STDOUT', 'img'], replies: running({ frames: [{ stdout: 'out\n' }] }) },
  { argv: ['run', '-a', 'bogus', 'img'] },
  { argv: ['run', '-d', '-a', 'stdout', 'img'], replies: running() },
  { argv: ['run', '-d', '--detach-keys', 'ctrl-a', 'img'], replies: running() },
  { argv: ['run', '--detach-keys', 'ctrl-a,x', 'img'], replies: running({ frames: hello }) },
  { argv: ['run', '--detach-keys', 'bogus', 'img'], replies: running({ frames: hello }) },
  { argv: ['run', 'img'], config: { detachKeys: 'ctrl-x' }, replies: running({ frames: hello }), note: 'detachKeys' },
  { argv: ['run', '--sig-proxy=false', 'img'], replies: running({ frames: hello }) },
  { argv: ['run', '-d', '--sig-proxy', 'img'], replies: running() },
  {
    argv: ['run', 'img'],
    replies: {
      ...running({ frames: hello }),
      'POST /containers/create': [noImage, created],
      'POST /images/create': pulled,
    },
    note: 'missing image',
  },
  {
    argv: ['run', '-q', '-d', 'img'],
    replies: { ...running(), 'POST /containers/create': [noImage, created], 'POST /images/create': pulled },
    note: 'missing image',
  },
  {
    argv: ['run', 'img'],
    replies: { 'POST /containers/create': noImage, 'POST /images/create': failure(404, 'pull access denied for img') },
    note: 'no such image',
  },
  { argv: ['run', '--pull', 'never', 'img'], replies: { 'POST /containers/create': noImage }, note: 'missing image' },
  { argv: ['run', 'img'], replies: { 'POST /containers/create': failure(500, 'disk is full') }, note: '500' },
  {
    argv: ['run', '--name', 'x', 'img'],
    replies: { 'POST /containers/create': failure(409, 'Conflict. The container name "/x" is already in use') },
    note: '409',
  },
  ...(
    [
      [
        'executable',
        400,
        'failed to create task for container: exec: "nope": executable file not found in $PATH: unknown',
      ],
      ['no such file', 400, 'OCI runtime create failed: stat /nope: no such file or directory: unknown'],
      ['permission', 400, 'OCI runtime create failed: exec: "/etc": permission denied: unknown'],
      ['is a directory', 400, 'OCI runtime create failed: exec: "/etc": is a directory: unknown'],
      ['port', 500, 'driver failed programming external connectivity: port is already allocated'],
      ['syscall', 500, 'fork/exec: syscall.EACCES'],
    ] as const
  ).flatMap(([note, status, message]): ParityCase[] => [
    {
      argv: ['run', 'img', 'nope'],
      replies: {
        ...running(),
        [`POST /containers/${ID}/start`]: failure(status, message),
        [`POST /containers/${ID}/attach`]: { hijack: true, frames: [] },
        [`POST /containers/${ID}/wait`]: { json: { StatusCode: 127 } },
      },
      note: `start fails: ${note}`,
    },
    {
      argv: ['run', '-d', 'img', 'nope'],
      replies: { ...running(), [`POST /containers/${ID}/start`]: failure(status, message) },
      note: `start fails: ${note}`,
    },
  ]),
  {
    argv: ['run', 'img'],
    replies: { ...running(), [`POST /containers/${ID}/attach`]: failure(404, 'No such container') },
    note: 'attach fails',
  },
  {
    argv: ['run', 'img'],
    replies: {
      ...running(),
      [`POST /containers/${ID}/wait`]: {
        json: { StatusCode: 5, Error: { Message: 'wait trouble' } },
        after: `POST /containers/${ID}/start`,
      },
    },
    note: 'wait reports an error',
  },
  {
    argv: ['run', 'img'],
    replies: { ...running({ frames: hello }), 'POST /containers/create': json({ Id: ID, Warnings: ['Careful'] }, 201) },
    note: 'warnings',
  },
  { argv: ['run', '--rm', '-d', '--restart', 'always', 'img'] },
  { argv: ['run'] },
  { argv: ['run', '-it'] },
  { argv: ['run', '--bogus', 'img'] },
  { argv: ['run', '-z', 'img'] },
  { argv: ['run', '-m', 'x', 'img'] },
  { argv: ['run', '-p', 'x', 'img'] },
  { argv: ['run', '-e'] },
  { argv: ['run', 'UPPER'], replies: running() },
  { argv: ['run', '--platform', 'bogus/x/y/z', 'img'], replies: running() },
  { argv: ['container', 'run', '-d', 'img'], replies: running() },
  { argv: ['container', 'run'] },
  { argv: ['run', '-d', '--cidfile', 'cid', 'img'], replies: running(), outputs: ['cwd/cid'] },
  ...each(['run'], [['--help'], ['--help', 'img']], { lenient: helpIsOurs }),
]

export const run: ParityGroup = { name: 'run', cases }
