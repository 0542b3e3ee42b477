import type { Subject } from './case.ts'
import { type FakeCase, idsOf, onFakeDaemon } from './on-fake-daemon.ts'

function verb(name: string, ...flags: string[]): FakeCase {
  const title = `\`${[name, ...flags].join(' ')}\` of {n} containers`
  return { title, sizes: [300, 1200, 4800], rounds: 8, args: (size) => [name, ...flags, ...idsOf(size)] }
}

/** Verbs on many containers at once. */
export const verbs: Subject = {
  name: 'verbs',
  title: 'Verbs on many objects',
  note: 'The daemon sends canned responses over a unix socket at once, so that only the clients differ.',
  open: async (bench) => onFakeDaemon(bench, [verb('rm'), verb('rm', '-f'), verb('stop'), verb('kill'), verb('start')]),
}
