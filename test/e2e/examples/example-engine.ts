import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CertificateMaker } from '../../support/certificates.ts'
import { EngineState } from '../../support/engine-state.ts'
import { request, until } from '../../support/engines/http.ts'
import { startEngine } from '../../support/engines/start.ts'
import { GREETER_CONFIG } from '../../support/greeter-plugin.ts'
import { mirrorUrl, registry } from '../../support/provided.ts'
import { programs, Shell } from '../../support/run.ts'
import { SearchIndex } from '../../support/search-index.ts'

const APP = fileURLToPath(new URL('../../../examples/friendlyhello', import.meta.url))

/** The files that examples name, beside those of `examples/friendlyhello`. */
const FILES: Readonly<Record<string, string>> = {
  'Dockerfile.slim': 'FROM busybox\n',
  'Dockerfile.test': 'FROM busybox\nARG NAME\nRUN echo "Hello $NAME" > /greeting\n',
  'app.env': 'COLOR=blue\n',
  '.env': 'HOST=db\nexport URL="http://$HOST/"\n',
  'greeter/config.json': GREETER_CONFIG,
  'motd.txt': 'Welcome\n',
  'token.txt': 'a token\n',
}

/** The containers that examples name, with the line that creates each. */
const CONTAINERS: Readonly<Record<string, string>> = {
  web: 'tug run -d --name web -p 127.0.0.1::5000 friendlyhello',
  db: 'tug run -d --name db --stop-signal KILL -v data:/data --network backend busybox sleep 1d',
  job: 'tug run --name job busybox echo done',
}

/** Their names, images, states and networks while no example has changed them. */
const STATES: Readonly<Record<string, string>> = {
  web: '[["/web"],"friendlyhello","running",["bridge"]]',
  db: '[["/db"],"busybox","running",["backend"]]',
  job: '[["/job"],"busybox","exited",["bridge"]]',
}

const PREDEFINED_NETWORKS = ['bridge', 'host', 'none']

/** The images that examples name, with the line that makes each. */
const IMAGES: Readonly<Record<string, string>> = {
  'busybox:latest': 'tug pull -q busybox',
  'python:3.8-slim': 'tug pull -q python:3.8-slim',
  'friendlyhello:latest': `tug build -q -t friendlyhello ${APP}`,
}

/** A container as the daemon lists it. */
interface ListedContainer {
  readonly Id: string
  readonly Names: readonly string[]
  readonly Image: string
  readonly State: string
  readonly NetworkSettings: { readonly Networks: object }
}

/**
 * An engine with the objects that examples name: the containers `web`, `db` and `job`, the images `busybox` and
 * `friendlyhello`, the volume `data` and the network `backend`.
 */
export class ExampleEngine {
  readonly shell: Shell
  readonly #socket: string
  /** The directory of working directories and certificates. */
  readonly #scratch: string
  readonly #state: EngineState
  readonly #index = new SearchIndex([
    { name: 'friendlyhello', description: 'A greeting', star_count: 12, is_official: false, is_automated: false },
  ])
  #searchHost = ''

  private constructor(shell: Shell, socket: string, scratch: string) {
    this.shell = shell
    this.#socket = socket
    this.#scratch = scratch
    this.#state = new EngineState(socket)
  }

  /** Starts an engine and creates the objects. */
  static async open(): Promise<ExampleEngine & { stop(): Promise<void> }> {
    const [program] = programs
    if (program === undefined) throw new Error('no program to test')
    const running = await startEngine({ from: 'machine', mirrorUrl: mirrorUrl(), experimental: true })
    const shell = await Shell.open(program, { socket: running.socket })
    const engine = new ExampleEngine(shell, running.socket, await mkdtemp(join(tmpdir(), 'tug-examples-')))
    engine.#searchHost = await engine.#index.listen()
    const certificates = new CertificateMaker(engine.#scratch)
    await certificates.certificate('client', await certificates.authority('authority'))
    await engine.restore()
    return Object.assign(engine, {
      stop: async () => {
        await shell.close()
        await engine.#index.close()
        await running.stop()
        await rm(engine.#scratch, { recursive: true })
      },
    })
  }

  /** Replaces the addresses in a line by those of this test: `localhost:5000` is the registry with an account. */
  adapt(line: string, port: number): string {
    return line
      .replaceAll(/(?<=tug search .*)localhost:5000/g, this.#searchHost)
      .replaceAll('localhost:5000', registry().host)
      .replaceAll(/(?<= -p )\d+(?=:)/g, `127.0.0.1:${port}`)
  }

  /** Removes the working directory of the last example. @returns a new one with the files that examples name */
  async enterDirectory(): Promise<string> {
    const directory = join(this.#scratch, 'work')
    await rm(directory, { recursive: true, force: true })
    await cp(APP, directory, { recursive: true })
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) {
      await copyFile(join(this.#scratch, 'client', name), join(directory, name))
    }
    const files = { ...FILES, 'password.txt': registry().password }
    await mkdir(join(directory, 'greeter'))
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
    return directory
  }

  /** Removes what an example has created or changed, and creates what is missing. */
  async restore(): Promise<void> {
    const kept = await this.#removeOtherContainers()
    const images = await this.#imageNames()
    for (const name of images) if (IMAGES[name] === undefined) await this.#send('DELETE', `/images/${name}?force=true`)
    await this.#send('POST', '/images/prune')
    for (const [name, line] of Object.entries(IMAGES)) if (!images.includes(name)) await this.shell.succeed(line)
    await this.#restoreNetworksAndVolumes()
    for (const [name, line] of Object.entries(CONTAINERS)) if (!kept.includes(name)) await this.shell.succeed(line)
    if (kept.includes('web')) return
    await until({ attempt: () => this.visitWeb(), failure: () => 'the container web serves no page', timeout: 30_000 })
  }

  /** Returns the page of the web server in the container `web`, whose log shows the visit. */
  async visitWeb(): Promise<string> {
    const address = await this.shell.succeed('tug port web 5000')
    return (await fetch(`http://${address.trim()}/`)).text()
  }

  /** Creates a checkpoint's directory, because few kernels let CRIU create a checkpoint. */
  async addCheckpoint(container: string, name: string): Promise<void> {
    const id = (await this.shell.succeed(`tug inspect --format '{{.Id}}' ${container}`)).trim()
    const directory = join(dirname(this.#socket), 'data/containers', id, 'checkpoints', name)
    await rm(directory, { recursive: true, force: true })
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'config.json'), JSON.stringify({ name, exit: true }))
  }

  /** Removes all containers that are not as they were created. @returns the names of the others */
  async #removeOtherContainers(): Promise<string[]> {
    const kept: string[] = []
    for (const { Id, Names, Image, State, NetworkSettings } of await this.#containers()) {
      const [name = ''] = Names.map((each) => each.slice(1))
      const state = JSON.stringify([Names, Image, State, Object.keys(NetworkSettings.Networks)])
      if (name in CONTAINERS && STATES[name] === state) kept.push(name)
      else await this.#send('DELETE', `/containers/${Id}?force=true&v=true`)
    }
    return kept
  }

  async #containers(): Promise<ListedContainer[]> {
    return JSON.parse(await this.#send('GET', '/containers/json?all=true'))
  }

  async #restoreNetworksAndVolumes(): Promise<void> {
    const networks: { Name: string }[] = JSON.parse(await this.#send('GET', '/networks'))
    const names = networks.map(({ Name }) => Name)
    for (const name of names) {
      if (!PREDEFINED_NETWORKS.includes(name) && name !== 'backend') await this.#send('DELETE', `/networks/${name}`)
    }
    if (!names.includes('backend')) await this.shell.succeed('tug network create backend')
    const { Volumes }: { Volumes: { Name: string }[] | null } = JSON.parse(await this.#send('GET', '/volumes'))
    const volumes = (Volumes ?? []).map(({ Name }) => Name)
    for (const name of volumes) if (name !== 'data') await this.#send('DELETE', `/volumes/${name}`)
    if (!volumes.includes('data')) await this.shell.succeed('tug volume create data')
  }

  /** Returns the names of all images that have one. */
  async #imageNames(): Promise<string[]> {
    return (await this.#state.imageNames()).filter((name) => !name.startsWith('<none>'))
  }

  async #send(method: string, path: string): Promise<string> {
    const { status, body } = await request({ socketPath: this.#socket, method, path })
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${body}`)
    return body
  }
}
