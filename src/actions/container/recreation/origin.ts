import type { Cli } from '../../../cli/cli.ts'
import type { CreateBody } from '../../../domain/container/create-request.ts'
import {
  type ContainerInspection,
  type DaemonDefaults,
  type ImageInspection,
  nameOf,
  type Origin,
} from '../../../domain/container/inspected/inspection.ts'
import { EngineError } from '../../../domain/errors.ts'
import { InspectionApi } from '../../../engine/api/inspections.ts'
import type { Engine } from '../../../engine/engine.ts'

/** Reads what the create requests of containers were completed from. The daemon and each image are read once. */
export class OriginReader {
  readonly #engine: Engine
  readonly #api: InspectionApi
  readonly #images = new Map<string, ReturnType<InspectionApi['image']>>()
  #daemon: Promise<DaemonDefaults> | undefined
  #version: ReturnType<Engine['system']['version']> | undefined

  constructor({ engine }: Pick<Cli, 'engine'>) {
    this.#engine = engine
    this.#api = new InspectionApi(engine.connection)
  }

  /** @throws EngineError if the container does not exist, ConnectionError */
  async read(nameOrId: string): Promise<Origin> {
    const container = await this.#api.container(nameOrId)
    this.#daemon ??= readDefaults(this.#engine)
    const image = await this.image(container.Image ?? '')
    return {
      container: await this.#withNames(container),
      image: image && (image.Config ?? {}),
      daemon: await this.#daemon,
    }
  }

  /** @returns undefined if no such image exists */
  async image(nameOrId: string): Promise<ImageInspection | undefined> {
    if (nameOrId === '') return undefined
    const reading = this.#images.get(nameOrId) ?? this.#api.image(nameOrId)
    this.#images.set(nameOrId, reading)
    return reading.catch(ignoreMissing)
  }

  /**
   * Returns the containers that a request shares a namespace with, and that do not exist.
   * @throws EngineError, ConnectionError
   */
  async missingContainers({ NetworkMode, IpcMode, PidMode }: CreateBody['HostConfig']): Promise<string[]> {
    const shared = [NetworkMode, IpcMode, PidMode].flatMap((mode = '') => /^container:(.+)$/.exec(mode)?.[1] ?? [])
    const found = await Promise.all(shared.map((nameOrId) => this.#api.container(nameOrId).catch(ignoreMissing)))
    return shared.filter((_, index) => found[index] === undefined)
  }

  async daemonPlatform(): Promise<{ readonly os: string; readonly architecture: string }> {
    this.#version ??= this.#engine.system.version()
    const { Os: os = '', Arch: architecture = '' } = await this.#version
    return { os, architecture }
  }

  /** The daemon keeps the id of a container whose namespace is shared; its name outlives the container. */
  async #withNames(container: ContainerInspection): Promise<ContainerInspection> {
    const { HostConfig: host } = container
    if (host === undefined) return container
    const [NetworkMode = '', IpcMode = '', PidMode = ''] = await Promise.all(
      [host.NetworkMode, host.IpcMode, host.PidMode].map((mode) => this.#modeWithName(mode)),
    )
    return { ...container, HostConfig: { ...host, NetworkMode, IpcMode, PidMode } }
  }

  async #modeWithName(mode = ''): Promise<string> {
    const id = /^container:([\da-f]{64})$/.exec(mode)?.[1]
    const shared = id === undefined ? undefined : await this.#api.container(id).catch(ignoreMissing)
    return shared === undefined ? mode : `container:${nameOf(shared)}`
  }
}

function ignoreMissing(error: unknown): undefined {
  if (error instanceof EngineError && error.isNotFound) return undefined
  throw error
}

async function readDefaults(engine: Engine): Promise<DaemonDefaults> {
  const [info, apiVersion] = await Promise.all([engine.system.info(), engine.apiVersion()])
  return {
    apiVersion,
    hostname: info.Name ?? '',
    loggingDriver: info.LoggingDriver ?? '',
    runtime: info.DefaultRuntime ?? '',
    hasPrivateCgroupns: info.SecurityOptions?.some((option) => option.startsWith('name=cgroupns')) ?? false,
  }
}
