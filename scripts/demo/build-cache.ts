import type { Stage } from './stage.ts'

/** Has the end of the demo remove what its builds add to the build cache of the user's engine, and nothing else. */
export async function restoreBuildCache(stage: Stage): Promise<void> {
  const before = new Set(await listRecords(stage))
  const listAdded = async () => (await listRecords(stage)).filter((id) => !before.has(id))
  stage.finally(async () => {
    let added = await listAdded()
    // The engine keeps a record on which another one is based, so that each round removes the last ones of their chains.
    for (let remaining = Number.POSITIVE_INFINITY; added.length > 0 && added.length < remaining; ) {
      remaining = added.length
      for (const id of added) await stage.quietly(`tug builder prune --all --force --filter id=${id}`)
      added = await listAdded()
    }
  })
}

/** Lists the ids of the records in the build cache; none for an engine without BuildKit. */
async function listRecords(stage: Stage): Promise<string[]> {
  const ids = await stage.quietly("tug system df -v --format '{{range .BuildCache}}{{.ID}} {{end}}'")
  return ids?.split(/\s+/).filter((id) => id !== '') ?? []
}
