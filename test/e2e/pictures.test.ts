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
  // BuildKit starts this step of the build together with the transfer of the build context, and reports either one first.
  const isEarlyStep = (line: string) => line.includes('WORKDIR /shop')
  const lines = (text: string) => [
    ...textsOf(text).filter((line) => !isEarlyStep(line)),
    ...textsOf(text).filter(isEarlyStep),
  ]
  expect(lines(picture), 'run npm run pictures').toEqual(lines(committed))
})
