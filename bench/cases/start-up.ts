import type { Subject } from './case.ts'
import { type FakeCase, idsOf, onFakeDaemon } from './on-fake-daemon.ts'

const ROUNDS = 30

function starts(title: string, args: readonly string[], areClientsOnDisk: boolean): FakeCase {
  const contents = () => ({ containers: 3, images: 50 })
  return { title, rounds: ROUNDS, contents, args: () => args, areClientsOnDisk, isWithoutNode: areClientsOnDisk }
}

/** @param state what the titles say about the executables @param areOnDisk whether they are read from the disk */
function commands(state: string, areOnDisk: boolean): FakeCase[] {
  return [
    starts(`\`ps\`, 3 containers${state}`, ['ps'], areOnDisk),
    starts(`\`images\`, 50 images${state}`, ['images'], areOnDisk),
    starts(`\`version\`${state}`, ['version'], areOnDisk),
    starts(`\`inspect\` of a container${state}`, ['inspect', ...idsOf(1)], areOnDisk),
    starts(`\`stop\` of a container${state}`, ['stop', ...idsOf(1)], areOnDisk),
    starts(`\`rm\` of a container${state}`, ['rm', ...idsOf(1)], areOnDisk),
  ]
}

/** Commands of people and machines that are not reached by a pipe and a socket. */
function situations(): FakeCase[] {
  const plain = (title: string, args: readonly string[], more: Partial<FakeCase>) => ({
    ...starts(title, args, false),
    isWithoutNode: true,
    ...more,
  })
  return [
    plain('`ps` on a terminal, 3 containers', ['ps'], { output: 'terminal' }),
    plain('`images` on a terminal, 50 images', ['images'], { output: 'terminal' }),
    plain("`ps` of a context's daemon, 3 containers", ['ps'], { access: 'context' }),
    plain('`ps` over TCP, 3 containers', ['ps'], { access: 'tcp' }),
    plain('`ps` over TLS, 3 containers', ['ps'], { access: 'tls' }),
  ]
}

/** Commands that have little to do, so that most of their time is that of starting. */
export const startUp: Subject = {
  name: 'start-up',
  title: 'Start-up',
  note: [
    'The daemon sends canned responses at once, so that only the clients differ. "From the disk": the',
    'kernel has read the executables from the disk, as after a restart of the machine, and keeps them in smaller pieces than',
    'files that were just written.',
  ].join(' '),
  open: async (bench) =>
    onFakeDaemon(bench, [...commands('', false), ...situations(), ...commands(', from the disk', true)]),
}
