import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cached } from '../../test/support/engines/cache.ts'
import { command } from '../../test/support/engines/command.ts'
import { makePython, PYTHON, ROOT_OWNER } from '../../test/support/engines/images.ts'
import { removeTree } from '../../test/support/engines/remove-tree.ts'
import type { Stage } from './stage.ts'

const BASE_IMAGE = 'python:3.8-slim'
const LAYER = 'layer.tar'

/**
 * Provides the base image of the tutorial. `tug build` pulls it from Docker Hub; where that cannot be reached, it is made
 * of Debian's packages and imported. An image that the engine has already is used and kept.
 * @throws Error when there is neither Docker Hub nor Debian
 */
export async function provideBaseImage(stage: Stage, isHubReachable: boolean): Promise<void> {
  if ((await stage.quietly(`tug image inspect ${BASE_IMAGE}`)) !== undefined) return
  stage.finally(() => stage.quietly(`tug rmi ${BASE_IMAGE}`))
  if (isHubReachable) return
  stage.say(
    `Docker Hub cannot be reached: making ${BASE_IMAGE} of Debian packages (the first time takes a few seconds)`,
  )
  const directory = await cached('python-2', packImage).catch((error: unknown) => {
    throw new Error(`Docker Hub cannot be reached, and ${error instanceof Error ? error.message : error}`)
  })
  const changes = [`CMD ${JSON.stringify(PYTHON.cmd)}`, ...PYTHON.env.map((variable) => `ENV ${variable}`)]
  const flags = changes.map((change) => `-c '${change}'`).join(' ')
  const { code, stderr } = await stage.result(`tug import ${flags} '${directory}/${LAYER}' ${BASE_IMAGE}`)
  if (code !== 0) throw new Error(`the base image cannot be imported: ${stderr.trim()}`)
}

/** Packs the files of the base image in `directory`. */
async function packImage(directory: string): Promise<void> {
  const root = join(directory, 'root')
  await mkdir(root)
  await makePython(root)
  await command('tar', [...ROOT_OWNER, '-C', root, '-cf', join(directory, LAYER), '.'])
  await removeTree(root)
}
