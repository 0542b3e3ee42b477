// The steps in which a container takes the place of another one, and the way back.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Cli } from '../../../cli/cli.ts'
import { programName } from '../../../cli/program-name.ts'
import { type ContainerInspection, nameOf } from '../../../domain/container/inspected/inspection.ts'
import type { OriginalRequest } from '../../../domain/container/inspected/request.ts'
import { hasHealthCheck } from '../../../domain/container/readiness.ts'
import { ConnectionError, describeError, EngineError, ExitStatus } from '../../../domain/errors.ts'
import { quoteShellWord } from '../../../domain/shell-words.ts'
import { InspectionApi } from '../../../engine/api/inspections.ts'
import type { WaitLimit } from '../../../flags/container/wait.ts'
import { type CreateRequest, createContainer } from '../create.ts'
import { reportNotReady } from '../readiness-report.ts'
import { waitUntilReady } from '../wait-until-ready.ts'

/** How long a container without a health check has to run before the old one is removed, in milliseconds. */
const STEADY_MS = 1000

/** Returns the name of the old container while the new one is not ready. */
export function parkedName(name: string): string {
  return `${name}-before-recreate`
}

/** Returns the name of the new container before it has the name of the old one. */
export function draftName(name: string): string {
  return `${name}-recreated`
}

/** Returns the command that goes back to the old container. */
export function restoreCommand(name: string): string {
  return `${programName()} container recreate --restore ${quoteShellWord(name)}`
}

export interface Replacement {
  readonly name: string
  readonly old: ContainerInspection
  /** What the new container is created with. Its image exists. */
  readonly request: Omit<CreateRequest, 'name' | 'pull'>
  /** The networks that it joins after it has been created. */
  readonly connections: OriginalRequest['connections']
  /** What makes the old container again, if the daemon removes it when it is stopped. */
  readonly original: OriginalRequest
  readonly isWaiting: boolean
  readonly limit: WaitLimit | undefined
}

/**
 * Replaces a container. It is removed when its successor is ready, or when that has started if nobody waits. A container that
 * does not run is replaced by one that is not started.
 * @param interruption goes back to the old container when it is aborted
 * @throws ExitStatus if the container was not replaced, with what is left
 */
export async function replaceContainer(replacement: Replacement, interruption: AbortSignal, cli: Cli): Promise<void> {
  const steps = new Steps(replacement, cli)
  try {
    await steps.takeAll(interruption)
  } catch (error) {
    const cause = interruption.aborted ? 'interrupted' : describeError(error)
    throw new ExitStatus(1, `${cause}\n${await steps.goBack()}`)
  }
  await steps.removeOld()
}

class Steps {
  readonly #replacement: Replacement
  readonly #cli: Cli
  readonly #oldId: string
  readonly #wasRunning: boolean
  readonly #wasPaused: boolean
  #newId = ''
  #isParked = false

  constructor(replacement: Replacement, cli: Cli) {
    this.#replacement = replacement
    this.#cli = cli
    const { Id = '', State: state = {} } = replacement.old
    this.#oldId = Id
    this.#wasRunning = (state.Running ?? false) || (state.Restarting ?? false)
    this.#wasPaused = state.Paused ?? false
  }

  /** Takes the steps until the new container is ready. @throws Error if a step fails or was interrupted */
  async takeAll(interruption: AbortSignal): Promise<void> {
    const { engine } = this.#cli
    const { name, connections } = this.#replacement
    const steps = [
      async () => this.#create(),
      ...connections.map(
        ({ network, endpoint }) =>
          async () =>
            engine.networks.connect(network, this.#newId, endpoint),
      ),
      async () => this.#park(),
      async () => engine.containers.rename(this.#newId, name),
      ...(this.#wasRunning ? this.#stepsOfRunning() : []),
    ]
    for (const step of steps) {
      await step()
      interruption.throwIfAborted()
    }
  }

  async #create(): Promise<void> {
    const { name, request } = this.#replacement
    const draft = draftName(name)
    try {
      this.#newId = await createContainer({ ...request, name: draft, pull: 'never' }, this.#cli)
    } catch (error) {
      // The daemon may have created it if its response was lost.
      if (error instanceof ConnectionError) this.#newId = draft
      throw error
    }
  }

  /** Gives the old container another name. */
  async #park(): Promise<void> {
    const { containers } = this.#cli.engine
    const { name, old } = this.#replacement
    // The way back must know of it even if the response is lost.
    this.#isParked = true
    try {
      await containers.rename(this.#oldId, parkedName(name))
    } catch (error) {
      // The daemon cannot rename a container while it waits for its next restart.
      const policy = old.HostConfig?.RestartPolicy?.Name || 'no'
      if (!(error instanceof EngineError) || policy === 'no' || !this.#wasRunning) throw error
      await this.#stopOld()
      await containers.rename(this.#oldId, parkedName(name))
    }
  }

  /** Stops the old container, which frees its ports and addresses. */
  async #stopOld(): Promise<void> {
    const { containers, containerStreams } = this.#cli.engine
    if (!this.#isRemovedByDaemon()) return containers.stop(this.#oldId, {})
    const removal = new AbortController()
    const { exitCode } = await containerStreams.wait(this.#oldId, 'removed', removal.signal)
    await containers.stop(this.#oldId, {})
    await exitCode
  }

  #stepsOfRunning(): (() => Promise<void>)[] {
    const { containers } = this.#cli.engine
    return [
      async () => this.#stopOld(),
      async () => containers.start(this.#newId),
      ...(this.#replacement.isWaiting ? [async () => this.#waitUntilReady()] : []),
      ...(this.#wasPaused ? [async () => containers.pause(this.#newId)] : []),
    ]
  }

  /**
   * Waits until the new container is ready. Without a health check it also has to run for a moment, because a program with
   * wrong settings usually ends soon after its start.
   */
  async #waitUntilReady(): Promise<void> {
    const { name, limit } = this.#replacement
    const { engine } = this.#cli
    const target = { name, id: this.#newId }
    await waitUntilReady([target], { limit }, this.#cli)
    const { State: state } = await engine.containerStreams.inspect(this.#newId)
    if (hasHealthCheck(state)) return
    await sleep(STEADY_MS)
    await waitUntilReady([target], { limit }, this.#cli)
    const later = await engine.containerStreams.inspect(this.#newId)
    if (later.State.StartedAt === state.StartedAt) return
    const problem = `container ${name} does not keep running: its restart policy has started it again`
    throw new ExitStatus(1, await reportNotReady(problem, later, undefined, engine))
  }

  #isRemovedByDaemon(): boolean {
    return this.#replacement.old.HostConfig?.AutoRemove ?? false
  }

  /** Removes the old container. Its volumes stay. @throws ExitStatus if that fails */
  async removeOld(): Promise<void> {
    const { name } = this.#replacement
    if (this.#wasRunning && this.#isRemovedByDaemon()) return
    try {
      await this.#remove(this.#oldId, false)
    } catch (error) {
      const command = `${programName()} rm -f ${quoteShellWord(parkedName(name))}`
      const reason = describeError(error)
      throw new ExitStatus(
        1,
        `${name} is recreated, but the old container is left: ${reason}\nremove it with: ${command}`,
      )
    }
  }

  /** Removes the new container and puts the old one back. @returns a sentence about what is left */
  async goBack(): Promise<string> {
    const { name } = this.#replacement
    try {
      if (this.#newId !== '') await this.#remove(this.#newId, true)
      const old = await this.#oldContainer()
      if (this.#isParked && nameOf(old) !== name) await this.#cli.engine.containers.rename(old.Id ?? '', name)
      await this.#resume(old)
      return `${name} is not recreated; the old container is back`
    } catch (error) {
      return `${name} is not back: ${describeError(error)}\nput it back with: ${restoreCommand(name)}`
    }
  }

  /** Returns the old container; a new one like it if the daemon has removed it. */
  async #oldContainer(): Promise<ContainerInspection> {
    const { engine } = this.#cli
    const api = new InspectionApi(engine.connection)
    try {
      return await api.container(this.#oldId)
    } catch (error) {
      if (!(error instanceof EngineError && error.isNotFound)) throw error
    }
    const { name, original } = this.#replacement
    const { Id } = await engine.containerStreams.create({ body: original.body, name, platform: '' })
    for (const { network, endpoint } of original.connections) await engine.networks.connect(network, Id, endpoint)
    return api.container(Id)
  }

  /** Starts or pauses the old container, so that it is in the state in which it was. */
  async #resume({ Id = '', State: state = {} }: ContainerInspection): Promise<void> {
    const { containers } = this.#cli.engine
    if (this.#wasRunning && !state.Running) await containers.start(Id)
    if (this.#wasPaused && !state.Paused) await containers.pause(Id)
  }

  /** Removes a container, or does nothing if there is none. */
  async #remove(nameOrId: string, withVolumes: boolean): Promise<void> {
    try {
      await this.#cli.engine.containers.remove(nameOrId, { force: true, volumes: withVolumes, link: false })
    } catch (error) {
      if (!(error instanceof EngineError && error.isNotFound)) throw error
    }
  }
}
