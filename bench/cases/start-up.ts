import type { Subject } from './case.ts'
import { idsOf, onFakeDaemon } from './on-fake-daemon.ts'

const ROUNDS = 30
const contents = () => ({ containers: 3, images: 50 })

/** Commands that have little to do, so that most of their time is that of starting. */
export const startUp: Subject = {
  name: 'start-up',
  title: 'Start-up',
  note: 'The daemon sends canned responses over a unix socket at once, so that only the clients differ.',
  open: async (bench) =>
    onFakeDaemon(bench, [
      { title: '`ps`, 3 containers', rounds: ROUNDS, contents, args: () => ['ps'] },
      { title: '`images`, 50 images', rounds: ROUNDS, contents, args: () => ['images'] },
      { title: '`version`', rounds: ROUNDS, contents, args: () => ['version'] },
      { title: '`inspect` of a container', rounds: ROUNDS, contents, args: () => ['inspect', ...idsOf(1)] },
      { title: '`stop` of a container', rounds: ROUNDS, contents, args: () => ['stop', ...idsOf(1)] },
      { title: '`rm` of a container', rounds: ROUNDS, contents, args: () => ['rm', ...idsOf(1)] },
    ]),
}
