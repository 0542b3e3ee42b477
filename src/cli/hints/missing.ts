import { type Asker, containersWith, nameOf, type Rule } from './asker.ts'
import { similarTo } from './similar.ts'

/** A name that nothing has: which one was probably meant. */
export const missing: readonly Rule[] = [
  rule(/No such container: (\S+)|no container with name or ID "([^"]+)" found/, containerNames),
  rule(/No such image: (\S+)|with the tag: (\S+)/, imageNames),
  rule(/network (\S+) not found/, networkNames),
  rule(/get (\S+): no such volume/, volumeNames),
  rule(/No such object: (\S+)/, async (asker) => {
    const names = await Promise.all([containerNames, imageNames, networkNames, volumeNames].map((list) => list(asker)))
    return names.flat()
  }),
]

function rule(pattern: RegExp, list: (asker: Asker) => Promise<readonly string[]>): Rule {
  return {
    pattern,
    async advise(found, asker) {
      const typed = withoutLatest(found.find((name) => name !== '') ?? '')
      const meant = await similarTo(typed, await list(asker))
      return meant === undefined ? '' : `did you mean "${meant}"?`
    },
  }
}

async function containerNames(asker: Asker): Promise<string[]> {
  return (await containersWith({}, asker)).map(nameOf)
}

/** The images there are, as one would type them. */
export async function imageNames({ engine, signal }: Pick<Asker, 'engine' | 'signal'>): Promise<string[]> {
  const images = await engine.images.list({ all: false, manifests: false, filters: {}, signal })
  return images.flatMap(({ RepoTags }) => RepoTags ?? []).map(withoutLatest)
}

async function networkNames({ engine, signal }: Asker): Promise<string[]> {
  return (await engine.networks.list({}, signal)).map(({ Name = '' }) => Name)
}

async function volumeNames({ engine, signal }: Asker): Promise<string[]> {
  return (await engine.volumes.list({}, signal)).map(({ Name = '' }) => Name)
}

/** Nobody types the tag that goes without saying. */
export function withoutLatest(name: string): string {
  return name.replace(/:latest$/, '')
}
