import { randomBytes } from 'node:crypto'
import { delimiter, join } from 'node:path'
import { startRegistry } from '../test/support/engines/start.ts'
import { freePort } from '../test/support/ports.ts'
import { chooseEngine } from './demo/engine.ts'
import { Stage } from './demo/stage.ts'

/** Runs the tutorial of examples/friendlyhello with tug and removes everything that it created: `npm run demo`. */
const ROOT = join(import.meta.dirname, '..')
const stage = new Stage(join(ROOT, 'examples/friendlyhello'))
stage.env.PATH = [join(ROOT, 'dist'), process.env.PATH].join(delimiter)

async function play(): Promise<void> {
  stage.say('building tug')
  await stage.run(`npm run --silent --prefix '${ROOT}' build`)
  const engine = await chooseEngine(stage)
  const run = randomBytes(3).toString('hex')
  // An image of that name which exists already is left alone.
  const isTaken = (await stage.quietly('tug image inspect friendlyhello')) !== undefined
  const image = isTaken ? `friendlyhello-${run}` : 'friendlyhello'
  const port = await freePort()
  stage.finally(() => stage.quietly(`tug rmi -f ${image}`))
  stage.finally(() => removeContainers(image))
  const site = { port, url: `http://${engine.host}:${port}/` }
  await buildAndRun(image, site)
  await share(image, site)
  if ((await stage.quietly(`tug image inspect ${image}`)) !== undefined) await stage.run(`tug rmi ${image}`)
  stage.say('the tutorial is finished; everything that it created is removed')
}

/** Where the tutorial's web server is published. */
interface Site {
  readonly port: number
  readonly url: string
}

async function buildAndRun(image: string, { port, url }: Site): Promise<void> {
  stage.say('build an image from the Dockerfile in this directory')
  await stage.run(`tug build -t ${image} .`)
  await stage.run(`tug images ${image}`)

  stage.say('run a container in the foreground and stop it with Ctrl-C')
  await stage.runUntil(`tug run -p ${port}:5000 ${image}`, () => stage.visit(url, 'Hello World'))

  stage.say('run a container in the background')
  const id = (await stage.capture(`tug run -d -p ${port}:5000 ${image}`)).slice(0, 12)
  await stage.visit(url, 'Hello World')
  await stage.run(`tug ps --filter ancestor=${image}`)
  await stage.run(`tug stop ${id}`)
  await stage.run(`tug ps -a --filter ancestor=${image}`)
  await stage.run(`tug rm $(tug ps -a -q --filter ancestor=${image})`)
}

/**
 * Pushes the image to a private registry and pulls it again. Skipped when none can be started or the engine cannot
 * reach it.
 */
async function share(image: string, { port, url }: Site): Promise<void> {
  const account = { user: 'gordon', password: randomBytes(6).toString('hex') }
  const progress = { note: (line: string) => stage.say(line), signal: stage.interrupted }
  const registry = await startRegistry({ account }, progress).catch((error) => {
    stage.say(`login, tag and push are skipped: ${error instanceof Error ? error.message : error}`)
  })
  if (registry === undefined) return
  stage.finally(() => registry.stop())
  const login = `tug login -u ${account.user} --password-stdin ${registry.host}`
  if ((await stage.result(login, account.password)).code !== 0) {
    stage.say('login, tag and push are skipped: this engine cannot reach a registry on this machine')
    return
  }
  const shared = `${registry.host}/${account.user}/${image}:part2`
  stage.finally(() => stage.quietly(`tug rmi -f ${shared}`))
  stage.finally(() => removeContainers(shared))

  stage.say('share the image through a registry')
  await stage.run(login, account.password)
  await stage.run(`tug tag ${image} ${shared}`)
  await stage.run(`tug push ${shared}`)

  stage.say('remove the local copy: run pulls the image')
  await stage.run(`tug rmi ${shared} ${image}`)
  const id = (await stage.capture(`tug run -d -p ${port}:5000 ${shared}`)).slice(0, 12)
  await stage.visit(url, 'Hello World')
  await stage.run(`tug kill ${id}`)
  await stage.run(`tug rm ${id}`)
  await stage.run(`tug rmi ${shared}`)
  await stage.run(`tug logout ${registry.host}`)
}

async function removeContainers(image: string): Promise<void> {
  const ids = await stage.quietly(`tug ps -a -q --filter ancestor=${image}`)
  if (ids) await stage.quietly(`tug rm -f ${ids.trimEnd().split('\n').join(' ')}`)
}

const failure = await play().then(
  () => undefined,
  (error: unknown) => error ?? new Error('the demo failed'),
)
process.exitCode = await stage.end(failure)
