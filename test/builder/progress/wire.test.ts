import { expect, test } from 'vitest'
import { SolveError } from '../../../src/builder/buildkit/common/solve-request.ts'
import { solve } from '../../../src/builder/buildkit/solve.ts'
import { formatFailure, formatWarnings } from '../../../src/builder/progress/diagnostics.ts'
import { BuildProgress, describeDockerBuilder } from '../../../src/builder/progress/progress.ts'
import { readProgressSettings } from '../../../src/builder/progress/settings.ts'
import { parseDaemonHost } from '../../../src/domain/context/endpoint.ts'
import { Connection } from '../../../src/engine/connection.ts'
import { webClient } from '../../../src/registry/http-client.ts'
import { FakeDaemon } from '../../support/fake-daemon.ts'
import { readGolden } from './golden.ts'
import { SCENARIOS } from './scenarios.ts'
import { ScriptedBuildKit } from './scripted-buildkit.ts'

const goldens = readGolden('plain')

test.each(['failing in a line', 'warning meanwhile', 'groups'])('shows the events of a daemon: %s', async (name) => {
  const scenario = SCENARIOS[name]
  if (!scenario) throw new Error('no scenario')
  const buildkit = new ScriptedBuildKit(scenario)
  const daemon = new FakeDaemon({ buildkit })
  const endpoint = parseDaemonHost(await daemon.listen(), false)
  const output: Uint8Array[] = []
  const out = { write: (text: string | Uint8Array) => void output.push(Buffer.from(text)) }
  const progress = new BuildProgress({
    ...readProgressSettings({}),
    mode: 'plain',
    out,
    size: () => ({ columns: 0, rows: 0 }),
    descriptions: describeDockerBuilder('default'),
    now: () => new Date(),
  })
  try {
    const failure = await solve({
      connection: new Connection({ endpoint }),
      request: {
        ref: 'ref',
        frontend: 'dockerfile.v0',
        frontendAttributes: {},
        exporters: [],
        cacheImports: [],
        cacheExports: [],
        entitlements: [],
      },
      providers: {
        name: 'app',
        directories: {},
        uploads: {},
        stores: {},
        secrets: {},
        agents: {},
        credentials: async () => ({}),
        send: webClient({}),
      },
      onStatus: (status) => progress.show(status),
      signal: new AbortController().signal,
    }).then(
      () => undefined,
      (error: unknown) => error,
    )
    progress.end()
    out.write(formatWarnings(progress.warnings, false))
    if (failure instanceof SolveError) out.write(formatFailure(failure).text)
    else if (failure !== undefined) throw failure
  } finally {
    buildkit.close()
    await daemon.close()
  }
  expect(Buffer.concat(output).toString('latin1')).toBe(goldens[`${name}: --progress=plain`]?.stderr)
})
