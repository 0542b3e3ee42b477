import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { SCENES } from '../../scripts/pictures/scenes.ts'
import { picturePath, playScene, textsOf } from '../../scripts/pictures.ts'
import { engines } from '../support/provided.ts'

/** The pictures are made with this engine. */
const [engine] = engines().filter(({ kind }) => kind === 'trixie')

test.each(engine === undefined ? [] : SCENES)('the picture $name shows what tug does', async (scene) => {
  const picture = await playScene(scene, engine?.socket ?? '')
  const committed = await readFile(picturePath(scene), 'utf8')
  // A build has steps that start at the same time, and are shown in the order in which BuildKit reports them.
  const lines = (text: string) => (scene.name === 'build' ? textsOf(text).toSorted() : textsOf(text))
  expect(lines(picture), 'run npm run pictures').toEqual(lines(committed))
})
