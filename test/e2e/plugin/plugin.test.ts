import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GREETER_CONFIG, unpackPython } from '../../support/greeter-plugin.ts'
import { firstProgramCombinations, registry } from '../../support/provided.ts'
import { Shell } from '../../support/run.ts'

const { host, user, password } = registry()
const PLUGIN = `${host}/${user}/greeter`
const ALIAS = 'hello'
const QUESTION = [
  `Plugin "${PLUGIN}" is requesting the following privileges:`,
  ' - network: [host]',
  ' - capabilities: [CAP_SYS_ADMIN]',
  'Do you grant the above permissions? [y/N] ',
].join('\n')

describe.each(firstProgramCombinations())('plugins with $program.name on $engine.name', ({ program, engine }) => {
  const isPodman = engine.kind === 'podman'
  let directory = ''
  let shell: Shell

  beforeAll(async () => {
    if (isPodman) return
    directory = await mkdtemp(join(tmpdir(), 'tug-plugin-'))
    shell = await Shell.open(program, { socket: engine.socket })
    await shell.succeed(`tug login -u ${user} --password-stdin ${host}`, { input: password })
    await mkdir(join(directory, 'rootfs'))
    await writeFile(join(directory, 'config.json'), GREETER_CONFIG)
    const id = (await shell.succeed('tug create python:3.8-slim')).trim()
    await shell.succeed(`tug export ${id} | ${unpackPython(`${directory}/rootfs`)} && tug rm ${id}`)
  }, 120_000)
  afterAll(async () => {
    await shell?.close()
    await rm(directory, { recursive: true, force: true })
  })
  const removePlugins = () => shell.run(`tug plugin rm -f ${PLUGIN} ${ALIAS}`)
  beforeEach(async () => {
    if (isPodman) return
    await removePlugins()
    await shell.succeed(`tug plugin create ${PLUGIN} ${directory}`)
  })
  afterEach(async () => {
    if (!isPodman) await removePlugins()
  })
  const inspect = async (name: string, format: string) =>
    (await shell.succeed(`tug plugin inspect --format '${format}' ${name}`)).trim()

  test.skipIf(isPodman)('a plugin is created, enabled, changed and removed', async () => {
    const list = "tug plugin ls --format '{{.Name}} {{.Description}} {{.Enabled}}'"
    expect(await shell.succeed(list)).toContain(`${PLUGIN}:latest Greets false\n`)
    expect(await shell.succeed(`tug plugin enable ${PLUGIN}`)).toBe(`${PLUGIN}\n`)
    expect(await shell.succeed(`${list} --filter enabled=true`)).toBe(`${PLUGIN}:latest Greets true\n`)
    expect(await shell.run(`tug plugin set ${PLUGIN} NAME=Gordon`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('cannot set on an active plugin'),
    })
    expect(await shell.run(`tug plugin rm ${PLUGIN}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is enabled'),
    })
    expect(await shell.succeed(`tug plugin disable ${PLUGIN}`)).toBe(`${PLUGIN}\n`)
    expect(await shell.succeed(`tug plugin set ${PLUGIN} NAME=Gordon`)).toBe('')
    expect(await inspect(PLUGIN, '{{json .Settings.Env}}')).toBe('["NAME=Gordon"]')
    expect(await inspect(PLUGIN, '{{.Config.Interface.Types}}')).toBe('[docker.greeter/1.0]')
    expect(await shell.succeed(`tug plugin rm ${PLUGIN}`)).toBe(`${PLUGIN}\n`)
    expect(await shell.succeed(list)).not.toContain(PLUGIN)
  })

  test.skipIf(isPodman)('names and filters are completed', async () => {
    const complete = async (line: string) => (await shell.run(`tug __completeNoDesc plugin ${line}`)).stdout
    expect(await complete("enable ''")).toContain(`${PLUGIN}:latest\n`)
    expect(await complete("rm ''")).toContain(`${PLUGIN}:latest\n`)
    expect(await complete("disable ''")).not.toContain(PLUGIN)
    expect(await complete('ls --filter enabled=')).toBe('enabled=true\nenabled=false\n:4\n')
    expect(await complete('ls --filter capability=v')).toContain('capability=volumedriver\n')
  })

  test.skipIf(isPodman)('a plugin is pushed, and installed only with the privileges that are granted', async () => {
    await shell.succeed(`tug plugin push ${PLUGIN}`)
    await shell.succeed(`tug plugin rm ${PLUGIN}`)
    expect(await shell.run(`tug plugin install ${PLUGIN}`, { input: 'n\n' })).toEqual({
      exitCode: 1,
      stdout: QUESTION,
      stderr: `permission denied while installing plugin ${PLUGIN}\n`,
    })
    expect(await shell.succeed("tug plugin ls --format '{{.Name}}'")).not.toContain(PLUGIN)

    const installed = await shell.succeed(`tug plugin install ${PLUGIN} NAME=Gordon`, { input: 'y\n' })
    expect(installed).toMatch(new RegExp(`Digest: sha256:[0-9a-f]{64}\n[\\s\\S]*Installed plugin ${PLUGIN}\n$`))
    expect(installed.startsWith(QUESTION)).toBe(true)
    expect(await inspect(PLUGIN, '{{.Enabled}} {{.Settings.Env}}')).toBe('true [NAME=Gordon]')
  })

  test.skipIf(isPodman)('a plugin is installed under another name and replaced by its new version', async () => {
    await shell.succeed(`tug plugin push ${PLUGIN}`)
    await shell.succeed(`tug plugin install --grant-all-permissions --disable --alias ${ALIAS} ${PLUGIN}`)
    expect(await inspect(ALIAS, '{{.Name}} {{.Enabled}} {{.PluginReference}}')).toBe(
      `${ALIAS}:latest false ${PLUGIN}:latest`,
    )
    await shell.succeed(`tug plugin rm ${PLUGIN}`)
    await writeFile(join(directory, 'config.json'), GREETER_CONFIG.replace('Greets', 'Greets politely'))
    await shell.succeed(`tug plugin create ${PLUGIN} ${directory} && tug plugin push ${PLUGIN}`)
    await writeFile(join(directory, 'config.json'), GREETER_CONFIG)

    const upgraded = await shell.succeed(`tug plugin upgrade --grant-all-permissions ${ALIAS}`)
    expect(upgraded).toMatch(
      /^Upgrading plugin hello:latest from (\S+) to \1\n[\s\S]*Upgraded plugin hello:latest to \1\n$/,
    )
    expect(await inspect(ALIAS, '{{.Config.Description}}')).toBe('Greets politely')
    await shell.succeed(`tug plugin enable ${ALIAS}`)
    expect(await shell.run(`tug plugin upgrade ${ALIAS}`)).toMatchObject({
      exitCode: 1,
      stderr: 'the plugin must be disabled before upgrading\n',
    })
  })
})
